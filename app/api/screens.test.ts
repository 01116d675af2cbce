import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RoomEvent } from "@/lib/contracts/events";
import { Credentials } from "@/lib/contracts/http";
import { newInstance, refusal, TestServer } from "./test-server";

type TestPerson = Awaited<ReturnType<TestServer["enter"]>>;

const SIGNALS = "/api/rooms/:room/signals";

let server: TestServer;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "Date", "performance"] });
  server = new TestServer();
});
afterEach(() => {
  server.stop();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const signalsIn = (events: RoomEvent[]) => events.filter(({ type }) => type === "signal");

async function share(owner: TestPerson): Promise<Credentials> {
  const answer = await owner.call("POST", "/api/token", { body: { room: "MAIN", purpose: "screen" } });
  return v.parse(Credentials, answer.body);
}

async function screenOf(owner: TestPerson, seenBy: TestPerson): Promise<number | null | undefined> {
  return (await seenBy.roster()).find(({ uid }) => uid === owner.uid)?.screen;
}

describe("a share", () => {
  it("has a uid of its own, which everyone learns of with its owner, and is no person", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await riya.received();
    const screen = await share(rohit);
    expect(screen).toMatchObject({ kind: "join", room: "MAIN" });
    expect([rohit.uid, riya.uid]).not.toContain(screen.uid);
    expect(await riya.received()).toMatchObject([
      { type: "member-updated", data: { uid: rohit.uid, screen: screen.uid } },
    ]);
    expect(await riya.roster()).toHaveLength(2);
    const asked = await riya.call("GET", `/api/members?uid=${screen.uid}`);
    expect(refusal(asked)).toMatchObject({ status: 404, code: "not_found" });
  });

  it("takes no place in a full room, and is seen by who comes later", async () => {
    server.stop();
    server = new TestServer({ EMBEDDED_MAX_MEMBERS: "2" });
    const rohit = await server.enter("Rohit");
    const { uid } = await share(rohit);
    const riya = await server.enter("Riya");
    expect(await screenOf(rohit, riya)).toBe(uid);
  });

  it("is ended by its own token, once for everyone, and again without harm", async () => {
    const rohit = await server.enter("Rohit");
    const { token } = await share(rohit);
    await rohit.received();
    expect((await server.call("DELETE", "/api/members", { token })).status).toBe(204);
    expect((await server.call("DELETE", "/api/members", { token })).status).toBe(204);
    expect(await rohit.received()).toMatchObject([{ type: "member-updated", data: { uid: rohit.uid, screen: null } }]);
    expect(await rohit.roster()).toHaveLength(1);
  });

  it("begun anew takes the place of the one before, whose token is worth nothing then", async () => {
    const rohit = await server.enter("Rohit");
    const first = await share(rohit);
    const second = await share(rohit);
    expect(await screenOf(rohit, rohit)).toBe(second.uid);
    const renewed = await server.call("POST", "/api/token", { token: first.token, body: { room: "MAIN" } });
    expect(refusal(renewed)).toMatchObject({ status: 403, code: "removed" });
    expect((await server.call("DELETE", "/api/members", { token: first.token })).status).toBe(204);
    expect(await screenOf(rohit, rohit)).toBe(second.uid);
  });

  it("goes with its owner", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const { token } = await share(rohit);
    await rohit.call("DELETE", "/api/members");
    const renewed = await server.call("POST", "/api/token", { token, body: { room: "MAIN" } });
    expect(refusal(renewed)).toMatchObject({ status: 403, code: "removed" });
    await rohit.join("Rohit");
    expect(await screenOf(rohit, riya)).toBeNull();
  });

  it("goes with an owner whom the host removes, and its token with it", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const { token, uid } = await share(riya);
    const answer = { to: uid, toInstance: riya.instance, seq: 0, signal: "answer" };
    await rohit.call("POST", "/api/members/remove", { body: { uid: riya.uid } });
    expect(await rohit.roster()).toHaveLength(1);
    const renewed = await server.call("POST", "/api/token", { token, body: { room: "MAIN" } });
    expect(refusal(renewed)).toMatchObject({ status: 403, code: "removed" });
    const again = await riya.call("POST", "/api/token", { body: { room: "MAIN", purpose: "screen" } });
    expect(refusal(again)).toMatchObject({ status: 403, code: "removed" });
    expect(await rohit.call("POST", SIGNALS, { body: { signals: [answer] } })).toMatchObject({
      body: { absent: [uid] },
    });
  });

  it("goes with its owner's page: a reload ends it, a lost stream does not", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const { uid } = await share(rohit);
    rohit.drop();
    await pass(5_000);
    await riya.pong();
    expect(await screenOf(rohit, riya)).toBe(uid);
    await rohit.open();
    await rohit.join("Rohit");
    expect(await screenOf(rohit, riya)).toBe(uid);
    rohit.reload();
    await rohit.join("Rohit");
    expect(await screenOf(rohit, riya)).toBeNull();
  });

  it("outlives a restart of the server with its owner, and what has ended before it stays ended", async () => {
    const rohit = await server.enter("Rohit");
    const ended = await share(rohit);
    const screen = await share(rohit);
    server.restart();
    await rohit.open();
    expect(await rohit.received()).toMatchObject([
      { type: "welcome", data: { members: [{ uid: rohit.uid, screen: screen.uid }] } },
    ]);
    expect((await server.call("POST", "/api/token", { token: screen.token, body: { room: "MAIN" } })).status).toBe(200);
    const asMember = await server.call("GET", "/api/members", { token: screen.token });
    expect(refusal(asMember)).toMatchObject({ status: 403, code: "not_a_member" });
    const body = { name: "Ghost", instance: newInstance() };
    const ghost = await server.call("POST", "/api/members", { token: ended.token, body });
    expect(refusal(ghost)).toMatchObject({ status: 403, code: "removed" });
  });
});

describe("a token for a screen", () => {
  it("is renewed for the same uid, also when it has expired while its owner is there", async () => {
    server.stop();
    server = new TestServer({ TOKEN_TTL_SECONDS: "40" }, { tickMs: 1_000 });
    const rohit = await server.enter("Rohit");
    const { uid, token } = await share(rohit);
    for (let second = 0; second < 50; second += 10) {
      await pass(10_000);
      await rohit.pong();
    }
    for (const purpose of [undefined, "screen"]) {
      const body = purpose ? { room: "MAIN", purpose } : { room: "MAIN" };
      expect(await server.call("POST", "/api/token", { token, body })).toMatchObject({
        status: 200,
        body: { uid, kind: "join" },
      });
    }
    const renewed = await rohit.call("POST", "/api/token", { body: { room: "MAIN" } });
    rohit.credentials = v.parse(Credentials, renewed.body);
    expect(await screenOf(rohit, rohit)).toBe(uid);
  });

  it("is only for who is in the room", async () => {
    const body = { room: "MAIN", purpose: "screen" };
    expect(refusal(await server.call("POST", "/api/token", { body }))).toMatchObject({ status: 401 });
    const watcher = await server.arrive();
    expect(refusal(await watcher.call("POST", "/api/token", { body }))).toMatchObject({
      status: 403,
      code: "not_a_member",
    });
    const stranger = await server.enter("Stranger", "OTHER");
    expect(refusal(await stranger.call("POST", "/api/token", { body }))).toMatchObject({
      status: 403,
      code: "wrong_room",
    });
    const gone = await server.enter("Gone");
    await gone.call("DELETE", "/api/members");
    expect(refusal(await gone.call("POST", "/api/token", { body }))).toMatchObject({
      status: 403,
      code: "not_a_member",
    });
  });

  it.each([
    ["POST", "/api/members", { name: "Ghost", instance: newInstance() }],
    ["GET", "/api/members", undefined],
    ["PATCH", "/api/members", { name: "Ghost" }],
    ["POST", "/api/members/away", {}],
    ["POST", "/api/members/pong", { ping: 1 }],
    ["POST", "/api/members/links", { instance: newInstance(), unreachable: [] }],
    ["GET", `/api/rooms/MAIN/events?instance=${newInstance()}`, undefined],
    ["POST", "/api/rooms/MAIN/messages", { clientId: "a", text: "boo" }],
    ["POST", "/api/rooms/MAIN/signals", { signals: [{ to: 1, toInstance: newInstance(), seq: 0, signal: 1 }] }],
    ["POST", "/api/problems", { problem: "refused" }],
  ])("opens nothing else: %s %s", async (method, path, body) => {
    const rohit = await server.enter("Rohit");
    const { token } = await share(rohit);
    const answer = await server.call(method, path, { token, ...(body === undefined ? {} : { body }) });
    expect(refusal(answer)).toMatchObject({ status: 403, code: "not_a_member" });
    await server.call("DELETE", "/api/members", { token });
    const late = await server.call(method, path, { token, ...(body === undefined ? {} : { body }) });
    expect(late.status).toBe(403);
    expect(await rohit.roster()).toMatchObject([{ uid: rohit.uid, name: "Rohit", state: "connected" }]);
  });
});

describe("signals of a screen", () => {
  it("go out in its name, and come in on its owner's stream", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const { uid } = await share(rohit);
    await rohit.received();
    await riya.received();
    const offer = { from: uid, to: riya.uid, toInstance: riya.instance, seq: 0, signal: "offer" };
    expect(await rohit.call("POST", SIGNALS, { body: { signals: [offer] } })).toMatchObject({ body: { absent: [] } });
    expect(await riya.received()).toMatchObject([
      {
        type: "signal",
        data: { from: uid, fromInstance: rohit.instance, to: riya.uid, toInstance: riya.instance, signal: "offer" },
      },
    ]);
    const answer = { to: uid, toInstance: rohit.instance, seq: 0, signal: "answer" };
    await riya.call("POST", SIGNALS, { body: { signals: [answer] } });
    expect(await rohit.received()).toMatchObject([
      { type: "signal", data: { from: riya.uid, to: uid, toInstance: rohit.instance, signal: "answer" } },
    ]);
  });

  it("are one count with its owner's", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const { uid } = await share(rohit);
    await riya.received();
    const to = { to: riya.uid, toInstance: riya.instance, signal: 1 };
    await rohit.call("POST", SIGNALS, {
      body: {
        signals: [
          { ...to, seq: 0 },
          { ...to, from: uid, seq: 1 },
        ],
      },
    });
    await rohit.call("POST", SIGNALS, {
      body: {
        signals: [
          { ...to, from: uid, seq: 1 },
          { ...to, seq: 2 },
        ],
      },
    });
    expect(signalsIn(await riya.received())).toMatchObject([
      { data: { from: rohit.uid, seq: 0 } },
      { data: { from: uid, seq: 1 } },
      { data: { from: rohit.uid, seq: 2 } },
    ]);
  });

  it("in the name of another's screen, of one that has ended or of another person reach nobody", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const ended = await share(rohit);
    await server.call("DELETE", "/api/members", { token: ended.token });
    const screen = await share(rohit);
    await riya.received();
    await rohit.received();
    const to = { to: rohit.uid, toInstance: rohit.instance, signal: 1 };
    await riya.call("POST", SIGNALS, {
      body: {
        signals: [
          { ...to, from: screen.uid, seq: 0 },
          { ...to, from: rohit.uid, seq: 1 },
        ],
      },
    });
    expect(await rohit.received()).toEqual([]);
    const late = { from: ended.uid, to: riya.uid, toInstance: riya.instance, seq: 0, signal: 1 };
    await rohit.call("POST", SIGNALS, { body: { signals: [late] } });
    expect(await riya.received()).toEqual([]);
  });

  it("to a screen of another room, or with another instance than its owner's, are named absent", async () => {
    const rohit = await server.enter("Rohit");
    const stranger = await server.enter("Stranger", "OTHER");
    const body = { room: "OTHER", purpose: "screen" };
    const elsewhere = v.parse(Credentials, (await stranger.call("POST", "/api/token", { body })).body);
    const riya = await server.enter("Riya");
    const own = await share(riya);
    const answer = await rohit.call("POST", SIGNALS, {
      body: {
        signals: [
          { to: elsewhere.uid, toInstance: stranger.instance, seq: 0, signal: 1 },
          { to: own.uid, toInstance: rohit.instance, seq: 1, signal: 1 },
        ],
      },
    });
    expect(answer.body).toEqual({ absent: [elsewhere.uid, own.uid] });
    expect(signalsIn(await stranger.received())).toEqual([]);
  });
});
