import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RoomEvent } from "@/lib/contracts/events";
import { Credentials } from "@/lib/contracts/http";
import { newInstance, refusal, TestServer } from "./test-server";

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
const types = (events: RoomEvent[]) => events.map(({ type }) => type);
const withoutPings = (events: RoomEvent[]) => events.filter(({ type }) => type !== "ping");
const post = "/api/rooms/:room/signals";

describe("opening", () => {
  it("is an event stream that no proxy holds back", async () => {
    const person = await server.arrive();
    const response = await server.request("GET", `/api/rooms/main/events?instance=${person.instance}`, {
      token: person.credentials.token,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    await response.body?.cancel();
    expect(server.runtime.hub.isTaken(person.credentials.room, person.uid)).toBe(false);
  });

  it.each([
    ["/api/rooms/OTHER/events?instance=:instance", 403, "wrong_room"],
    ["/api/rooms/Ä/events?instance=:instance", 400, "invalid_request"],
    ["/api/rooms/%E0%A4%A/events?instance=:instance", 400, "invalid_request"],
    ["/api/rooms/MAIN/events", 400, "invalid_request"],
    ["/api/rooms/MAIN/events?instance=7", 400, "invalid_request"],
  ])("of %s is refused: %i %s", async (path, status, code) => {
    const person = await server.arrive();
    const answer = await person.call("GET", path.replace(":instance", newInstance()));
    expect(refusal(answer)).toMatchObject({ status, code });
  });

  it("is greeted by a welcome: who is here, and for members the messages", async () => {
    const rohit = await server.enter("Rohit");
    await rohit.call("POST", "/api/rooms/:room/messages", { body: { clientId: "a", text: "hi" } });
    const watcher = await server.arrive();
    await watcher.open();
    expect(await watcher.received()).toEqual([
      {
        type: "welcome",
        data: {
          self: { uid: watcher.uid, kind: "lobby" },
          members: await rohit.roster(),
          room: { host: rohit.uid, isLocked: false },
          messages: [],
          resumed: false,
        },
      },
    ]);
    await watcher.join("Riya");
    expect(await watcher.received()).toMatchObject([
      { type: "member-joined", data: { uid: watcher.uid, name: "Riya", state: "connected" } },
      { type: "welcome", data: { self: { kind: "join" }, members: [{}, {}], messages: [{ text: "hi" }] } },
    ]);
  });

  it("of a lobby stream tells nobody", async () => {
    const rohit = await server.enter("Rohit");
    await (await server.arrive()).open();
    expect(await rohit.received()).toEqual([]);
    expect(await rohit.roster()).toHaveLength(1);
  });

  it("gives each event an id EPOCH-N, and a new epoch at each start", async () => {
    const rohit = await server.enter("Rohit");
    const before = rohit.lastEventId;
    expect(before).toMatch(/^[^-]+-\d+$/);
    server.restart();
    await rohit.open(before);
    expect(await rohit.received()).toMatchObject(
      [{ type: "member-updated" }, { type: "welcome", data: { resumed: false } }].slice(1),
    );
    expect(rohit.lastEventId.split("-")[0]).not.toBe(before.split("-")[0]);
  });
});

describe("members", () => {
  it("everyone in the room, lobby streams and self included, learns of a change and of nothing else", async () => {
    const watcher = await server.arrive();
    await watcher.open();
    const rohit = await server.enter("Rohit");
    await server.enter("Stranger", "OTHER");
    await rohit.join("Rohit");
    await rohit.join("Riya");
    await rohit.call("DELETE", "/api/members");
    const seen = (await watcher.received()).slice(1);
    expect(seen).toMatchObject([
      { type: "member-joined", data: { name: "Rohit", uid: rohit.uid } },
      { type: "member-updated", data: { name: "Riya" } },
      { type: "member-left", data: { uid: rohit.uid } },
    ]);
    expect(await rohit.received()).toEqual(seen.slice(1));
  });

  it("made without a stream are connecting, and gone after 10 s", async () => {
    const rohit = await server.enter("Rohit");
    const pending = await server.arrive();
    await pending.join("Pending");
    expect(await rohit.received()).toMatchObject([{ type: "member-joined", data: { state: "connecting" } }]);
    await pass(9_800);
    await rohit.pong();
    expect(await rohit.roster()).toHaveLength(2);
    await pass(400);
    expect(withoutPings(await rohit.received())).toEqual([{ type: "member-left", data: { uid: pending.uid } }]);
  });

  it("whose stream is lost are reconnecting, connected when it is back, and gone after 10 s without", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await rohit.received();
    riya.drop();
    expect(await rohit.received()).toMatchObject([
      { type: "member-updated", data: { uid: riya.uid, state: "reconnecting" } },
    ]);
    await pass(9_000);
    await rohit.pong();
    await riya.open();
    expect(withoutPings(await rohit.received())).toMatchObject([
      { type: "member-updated", data: { state: "connected" } },
    ]);
    riya.drop();
    await pass(10_100);
    await rohit.pong();
    expect(withoutPings(await rohit.received()).at(-1)).toEqual({ type: "member-left", data: { uid: riya.uid } });
  });

  it("are pinged every 5 s, stay while they answer, and are gone 12 s after their last answer", async () => {
    const rohit = await server.enter("Rohit");
    const silent = await server.enter("Silent");
    await rohit.received();
    await pass(5_100);
    expect(types(await rohit.received())).toEqual(["ping"]);
    await rohit.pong();
    await silent.pong();
    await pass(6_000);
    await rohit.pong();
    await pass(5_800);
    expect(await rohit.roster()).toHaveLength(2);
    await pass(400);
    expect(withoutPings(await rohit.received())).toEqual([{ type: "member-left", data: { uid: silent.uid } }]);
    await silent.received();
    expect(silent.isStreamOpen).toBe(false);
    await rohit.pong();
    await pass(11_000);
    expect(await rohit.roster()).toHaveLength(1);
  });

  it("are each pinged at their own moment, not all at one look at the clocks", async () => {
    const rohit = await server.enter("Rohit");
    await pass(40);
    const riya = await server.enter("Riya");
    await rohit.received();
    await riya.received();
    await pass(4_970);
    expect([types(await rohit.received()), types(await riya.received())]).toEqual([["ping"], []]);
    await pass(40);
    expect([types(await rohit.received()), types(await riya.received())]).toEqual([[], ["ping"]]);
  });

  it("of which one can't be pinged leave the others theirs, and the server its life", async () => {
    const warnings = vi.spyOn(console, "error").mockReturnValue(undefined);
    await server.enter("Rohit");
    await pass(40);
    const riya = await server.enter("Riya");
    await riya.received();
    vi.spyOn(server.runtime.hub.streams, "ping").mockImplementationOnce(() => {
      throw new Error("no ping");
    });
    await pass(5_100);
    expect(warnings.mock.calls.flat().join()).toContain("The rooms' clock failed");
    expect(types(await riya.received())).toEqual(["ping"]);
    warnings.mockRestore();
  });

  it("that say `away` are reconnecting at once and gone within 3 s", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await rohit.received();
    const answer = await riya.call("POST", "/api/members/away", { body: { instance: riya.instance } });
    expect(answer.status).toBe(204);
    expect(await rohit.received()).toMatchObject([{ type: "member-updated", data: { state: "reconnecting" } }]);
    await riya.received();
    expect(riya.isStreamOpen).toBe(false);
    await pass(2_600);
    expect(await rohit.roster()).toHaveLength(2);
    await pass(400);
    expect(await rohit.received()).toEqual([{ type: "member-left", data: { uid: riya.uid } }]);
  });

  it("that reload keep uid and seat, and an `away` that comes late does no harm", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await rohit.received();
    const oldPage = riya.instance;
    await riya.call("POST", "/api/members/away");
    riya.reload();
    await riya.open();
    expect((await riya.join("Riya")).status).toBe(200);
    await riya.call("POST", "/api/members/away", { body: { instance: oldPage } });
    await pass(5_000);
    await riya.pong();
    const [away, back, ...more] = withoutPings(await rohit.received());
    expect(away).toMatchObject({ data: { state: "reconnecting", instance: oldPage } });
    expect(back).toMatchObject({ data: { uid: riya.uid, state: "connected", instance: riya.instance } });
    expect(more).toEqual([]);
  });

  it("whose new page is open have 10 s to join again: not gone before, and gone then", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await riya.call("POST", "/api/members/away", { body: { instance: riya.instance } });
    riya.reload();
    await riya.open();
    expect((await riya.received())[0]).toMatchObject({ type: "welcome", data: { self: { kind: "lobby" } } });
    await pass(9_000);
    await rohit.pong();
    await riya.pong();
    expect(await rohit.roster()).toHaveLength(2);
    await pass(1_200);
    expect(await rohit.roster()).toHaveLength(1);
    expect((await riya.join("Riya")).status).toBe(201);
  });

  it("found at a start are reconnecting, and removed after 10 s unless they are back", async () => {
    const rohit = await server.enter("Rohit");
    const lost = await server.enter("Lost");
    server.restart();
    expect(await rohit.roster()).toMatchObject([{ state: "reconnecting" }, { state: "reconnecting" }]);
    await rohit.open();
    expect(await rohit.received()).toMatchObject([{ type: "welcome", data: { self: { kind: "join" } } }]);
    await pass(10_200);
    expect(withoutPings(await rohit.received())).toEqual([{ type: "member-left", data: { uid: lost.uid } }]);
    expect(await rohit.roster()).toMatchObject([{ uid: rohit.uid, state: "connected" }]);
  });
});

describe("resuming", () => {
  it("within 10 s sends only what was missed, and no welcome", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await riya.received();
    const heard = riya.lastEventId;
    riya.drop();
    await rohit.call("PATCH", "/api/members", { body: { name: "R" } });
    await rohit.call("POST", "/api/rooms/:room/messages", { body: { clientId: "a", text: "hi" } });
    const signal = { to: riya.uid, toInstance: riya.instance, seq: 0, signal: 1 };
    await rohit.call("POST", post, { body: { signals: [signal] } });
    await riya.open(heard);
    expect(types(await riya.received())).toEqual([
      "member-updated",
      "member-updated",
      "message",
      "signal",
      "member-updated",
    ]);
  });

  it("sends a welcome when something may be forgotten, for another epoch, and for nonsense", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await riya.received();
    const heard = riya.lastEventId;
    await rohit.call("PATCH", "/api/members", { body: { name: "R" } });
    await pass(10_200);
    for (const id of [heard, "abc-1", "nonsense", heard.replace(/\d+$/, "999999"), `${heard}0000000000000000`]) {
      await riya.open(id);
      expect((await riya.received())[0], id).toMatchObject({ type: "welcome", data: { resumed: false } });
    }
  });

  it("sends a lobby stream no messages or signals of before it joined, but a welcome", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.arrive();
    await riya.open();
    await riya.received();
    const heard = riya.lastEventId;
    await rohit.call("POST", "/api/rooms/:room/messages", { body: { clientId: "a", text: "hi" } });
    riya.drop();
    await riya.open(heard);
    expect(await riya.received()).toEqual([]);
    riya.drop();
    await riya.join("Riya");
    await riya.open(heard);
    expect(await riya.received()).toMatchObject([{ type: "welcome", data: { messages: [{ text: "hi" }] } }]);
  });

  it("never replays a signal when either page is gone", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await riya.received();
    const heard = riya.lastEventId;
    const signal = { to: riya.uid, toInstance: riya.instance, seq: 0, signal: 1 };
    riya.drop();
    await rohit.call("POST", post, { body: { signals: [signal] } });
    rohit.reload();
    await rohit.join("Rohit");
    await riya.open(heard);
    expect(types(await riya.received())).not.toContain("signal");

    await riya.received();
    const again = riya.lastEventId;
    await rohit.call("POST", post, { body: { signals: [{ ...signal, seq: 1 }] } });
    riya.reload();
    await riya.open(again);
    expect(types(await riya.received())).not.toContain("signal");
    const late = await rohit.call("POST", post, { body: { signals: [{ ...signal, seq: 2 }] } });
    await riya.join("Riya");
    expect(late.body).toEqual({ absent: [] });
    expect(types(await riya.received())).not.toContain("signal");
    const gone = await rohit.call("POST", post, { body: { signals: [{ ...signal, seq: 3 }] } });
    expect(gone.body).toEqual({ absent: [riya.uid] });
  });
});

describe("ending", () => {
  it("the newest stream of a uid wins: the older is told and ends, and the seat stays", async () => {
    const rohit = await server.enter("Rohit");
    const response = await server.request("GET", `/api/rooms/MAIN/events?instance=${rohit.instance}`, {
      token: rohit.credentials.token,
    });
    expect(types(await rohit.received())).toEqual(["replaced"]);
    expect(rohit.isStreamOpen).toBe(false);
    expect(await rohit.roster()).toMatchObject([{ state: "connected" }]);
    await response.body?.cancel();
    expect(await rohit.roster()).toMatchObject([{ state: "reconnecting" }]);
  });

  it("a token that is not renewed ends the stream 60 s after its expiry; renewing extends it in place", async () => {
    server.stop();
    server = new TestServer({ TOKEN_TTL_SECONDS: "40" }, { tickMs: 500 });
    const rohit = await server.enter("Rohit");
    const answering = async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed += 5) {
        await pass(5_000);
        expect((await rohit.pong()).status).toBe(204);
      }
    };
    await answering(35);
    const renewed = await rohit.call("POST", "/api/token", { body: { room: "MAIN" } });
    expect(renewed.status).toBe(200);
    rohit.credentials = v.parse(Credentials, renewed.body);
    await answering(75);
    expect(types(withoutPings(await rohit.received()))).toEqual([]);
  });

  it("and says `token-expired` first", async () => {
    server.stop();
    server = new TestServer({ TOKEN_TTL_SECONDS: "40" }, { tickMs: 500 });
    const rohit = await server.enter("Rohit");
    for (let passed = 0; passed < 95; passed += 5) {
      await pass(5_000);
      expect((await rohit.pong()).status).toBe(204);
    }
    expect(rohit.isStreamOpen).toBe(true);
    await rohit.received();
    await pass(6_000);
    expect(types(withoutPings(await rohit.received()))).toEqual(["token-expired"]);
    expect(rohit.isStreamOpen).toBe(false);
    await pass(10_500);
    expect(server.runtime.hub.membersFor(rohit.credentials.room, rohit.uid)).toEqual([]);
  });

  it("a stop tells every stream, closes it, refuses new ones and keeps the rows", async () => {
    const rohit = await server.enter("Rohit");
    server.runtime.hub.stop();
    expect(types(await rohit.received())).toEqual(["shutdown"]);
    expect(rohit.isStreamOpen).toBe(false);
    const refused = await rohit.call("GET", `/api/rooms/:room/events?instance=${rohit.instance}`);
    expect(refusal(refused)).toMatchObject({ status: 503, code: "unavailable" });
    server.restart();
    expect(await rohit.roster()).toHaveLength(1);
  });

  it("a reader that is too slow is cut off, and nothing of it is left", async () => {
    const rohit = await server.enter("Rohit");
    const slow = await server.arrive();
    await slow.join("Slow");
    const response = await server.request("GET", `/api/rooms/MAIN/events?instance=${slow.instance}`, {
      token: slow.credentials.token,
    });
    for (let seq = 0; seq < 25; seq++) {
      const signal = { to: slow.uid, toInstance: slow.instance, seq, signal: "x".repeat(200_000) };
      expect((await rohit.call("POST", post, { body: { signals: [signal] } })).status).toBe(202);
    }
    await pass(200);
    expect(await rohit.roster()).toMatchObject([{ name: "Rohit" }, { name: "Slow", state: "reconnecting" }]);
    await expect(response.text()).rejects.toThrow();
    expect(vi.getTimerCount()).toBe(1);
  });
});
