import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Relay } from "@/lib/server/relay/relay";
import { refusal, TestServer } from "./test-server";

// Some thousand calls, on a machine that may have others to do.
vi.setConfig({ testTimeout: 30_000 });

let server: TestServer;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "Date", "performance"] });
});
afterEach(() => {
  server.stop();
  vi.useRealTimers();
});

type Person = Awaited<ReturnType<TestServer["arrive"]>>;

const openStream = (person: Person, address?: string) =>
  server.request("GET", `/api/rooms/${person.credentials.room}/events?instance=${person.instance}`, {
    token: person.credentials.token,
    ...(address === undefined ? {} : { address }),
  });

describe("with all the streams that MAX_STREAMS allows", () => {
  beforeEach(() => {
    server = new TestServer({ MAX_STREAMS: "3" });
  });

  it("one more is refused with 503 and Retry-After, until one ends", async () => {
    const watching = await Promise.all([1, 2, 3].map(() => server.arrive()));
    for (const person of watching) await person.open();
    const late = await server.arrive("OTHER");
    const refused = await openStream(late);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(await refused.json()).toMatchObject({ error: { code: "at_capacity" } });
    expect(server.runtime.hub.counts).toEqual({ rooms: 1, members: 0, streams: 3 });
    watching[0]?.drop();
    await late.open();
    expect(server.runtime.hub.counts.streams).toBe(3);
  });

  it("who is in the call comes back all the same, and a page's stream is opened anew in its own place", async () => {
    const rohit = await server.enter("Rohit");
    rohit.drop();
    const watching = await Promise.all([1, 2, 3].map(() => server.arrive("OTHER")));
    for (const person of watching) await person.open();
    await rohit.open();
    expect(await rohit.received()).toMatchObject([{ type: "welcome", data: { self: { kind: "join" } } }]);
    await watching[0]?.open();
    expect(server.runtime.hub.counts.streams).toBe(4);
  });

  it("nor do more people come in, whichever room it is", async () => {
    for (const room of ["A", "B", "C"]) await (await server.arrive(room)).join("Someone");
    const late = await server.arrive("D");
    const body = { name: "Late", instance: late.instance };
    const refused = await late.call("POST", "/api/members", { body });
    expect(refusal(refused)).toMatchObject({ status: 503, code: "at_capacity" });
    expect(refused.headers.get("retry-after")).toBe("60");
    await vi.advanceTimersByTimeAsync(10_200);
    expect((await late.call("POST", "/api/members", { body })).status).toBe(201);
  });

  it("however streams end, none is counted that is not there", async () => {
    const rohit = await server.enter("Rohit");
    await rohit.open();
    await rohit.call("POST", "/api/members/away");
    await rohit.open();
    rohit.drop();
    await rohit.open();
    const silent = await server.arrive();
    await silent.open();
    await vi.advanceTimersByTimeAsync(12_200);
    expect(server.runtime.hub.counts.streams).toBe(0);
    await silent.open();
    expect(server.runtime.hub.counts.streams).toBe(1);
    server.runtime.hub.stop();
    expect(server.runtime.hub.counts.streams).toBe(0);
  });
});

it("five hundred streams from one address are an office, one more is refused; from another address it is not", async () => {
  server = new TestServer({ RATE_LIMITS: "on" });
  const address = "198.51.100.1";
  const people = await Promise.all(Array.from({ length: 502 }, () => server.arrive()));
  for (const person of people.slice(0, 500)) expect((await openStream(person, address)).status).toBe(200);
  const [late, elsewhere] = people.slice(500);
  if (!late || !elsewhere) throw new Error("There are two more.");
  const refused = await openStream(late, address);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await openStream(elsewhere, "198.51.100.2")).status).toBe(200);
  // A page that opens its own anew takes no other place.
  const [first] = people;
  if (first) expect((await openStream(first, address)).status).toBe(200);
});

describe("by token, whatever the address,", () => {
  const peer = { uid: 1, instance: "00000000-0000-4000-8000-000000000000" };
  const signal = { to: peer.uid, toInstance: peer.instance, seq: 0, signal: 1 };
  const offer = { connection: "one", description: { type: "offer", sdp: "v=0" }, receives: [] };

  it.each<[string, number, string, string, (person: Person) => unknown]>([
    ["joins", 200, "POST", "/api/members", ({ instance }) => ({ name: "R", instance })],
    ["signals", 300, "POST", "/api/rooms/:room/signals", () => ({ signals: [signal] })],
    ["relays", 60, "POST", "/api/rooms/:room/relay", ({ instance }) => ({ instance, ...offer })],
    ["links", 60, "POST", "/api/members/links", ({ instance }) => ({ instance, unreachable: [] })],
    ["messages", 20, "POST", "/api/rooms/:room/messages", () => ({ clientId: "a", text: "hi" })],
    ["reactions", 10, "POST", "/api/rooms/:room/reactions", () => ({ reaction: "👍" })],
    ["hands", 10, "POST", "/api/members/hand", () => ({ isRaised: true })],
    ["names", 10, "PATCH", "/api/members", () => ({ name: "R" })],
    ["knocks", 20, "POST", "/api/rooms/:room/knocks", () => ({ name: "R" })],
    ["screens", 20, "POST", "/api/token", ({ credentials: { room } }) => ({ room, purpose: "screen" })],
  ])("%s are refused after %i, with Retry-After, and another's are not", async (what, allowed, method, path, body) => {
    server = new TestServer({ RATE_LIMITS: "on" });
    server.runtime.relay = { open: () => Promise.resolve("an answer"), remove: () => undefined } as unknown as Relay;
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const call = (person: Person, address: string) => person.call(method, path, { address, body: body(person) });
    // One of the joins was the way in.
    for (let n = what === "joins" ? 1 : 0; n < allowed; n++) {
      expect((await call(rohit, `198.51.100.${n % 200}`)).status, `${n}`).toBeLessThan(300);
    }
    const refused = await call(rohit, "203.0.113.1");
    expect(refusal(refused)).toMatchObject({ status: 429, code: "rate_limited" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await call(riya, "203.0.113.1")).status).toBeLessThan(300);
  });
});

it.each([
  ["messages", 1_200, "POST", "/api/rooms/:room/messages", { clientId: "a", text: "hi" }],
  ["knocks", 300, "POST", "/api/rooms/:room/knocks", { name: "R" }],
])("by address, of whichever token, %s are refused after %i a minute", async (_what, allowed, method, path, body) => {
  server = new TestServer({ RATE_LIMITS: "on" });
  const people = await Promise.all(Array.from({ length: 60 }, () => server.arrive()));
  await people[0]?.join("Rohit");
  for (let n = 0; n < allowed; n++) {
    const answer = await people[n % 60]?.call(method, path, { address: "198.51.100.1", body });
    if (answer?.status === 429) expect(refusal(answer).message).toContain("Slow down");
  }
  const fresh = await server.arrive();
  const refused = await fresh.call(method, path, { address: "198.51.100.1", body });
  expect(refusal(refused)).toMatchObject({ status: 429 });
  expect(refusal(refused).message).toContain("from your network");
  expect((await fresh.call(method, path, { address: "198.51.100.2", body })).status).not.toBe(429);
});
