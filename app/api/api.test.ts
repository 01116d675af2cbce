import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
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

const JSON_CALLS: [string, string][] = [
  ["POST", "/api/token"],
  ["POST", "/api/members"],
  ["PATCH", "/api/members"],
  ["POST", "/api/members/hand"],
  ["POST", "/api/members/links"],
  ["POST", "/api/members/mute"],
  ["POST", "/api/members/pong"],
  ["POST", "/api/members/remove"],
  ["POST", "/api/problems"],
  ["PATCH", "/api/rooms/:room"],
  ["POST", "/api/rooms/:room/knocks"],
  ["POST", "/api/rooms/:room/knocks/answers"],
  ["POST", "/api/rooms/:room/messages"],
  ["POST", "/api/rooms/:room/reactions"],
  ["POST", "/api/rooms/:room/signals"],
];

describe("POST /api/token", () => {
  it("gives a lobby token for a new uid, for ten minutes", async () => {
    const answer = await server.call("POST", "/api/token", { body: { room: "main" } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const credentials = v.parse(Credentials, answer.body);
    expect(credentials).toMatchObject({
      transport: "embedded",
      room: "MAIN",
      kind: "lobby",
      expiresInSeconds: 600,
      expiresAt: Math.floor(Date.now() / 1_000) + 600,
      iceServers: [],
    });
    const other = await server.arrive();
    expect(other.uid).not.toBe(credentials.uid);
  });

  it("renews the same uid and kind with a Bearer for that room", async () => {
    const person = await server.arrive();
    const lobby = await person.call("POST", "/api/token", { body: { room: " main " } });
    expect(lobby).toMatchObject({ status: 200, body: { uid: person.uid, kind: "lobby" } });
    await person.join("Rohit");
    const join = await person.call("POST", "/api/token", { body: { room: "MAIN" } });
    expect(join).toMatchObject({ status: 200, body: { uid: person.uid, kind: "join", expiresInSeconds: 3_600 } });
  });

  it("refuses a Bearer for another room, and one that is no token", async () => {
    const person = await server.arrive();
    const other = await person.call("POST", "/api/token", { body: { room: "OTHER" } });
    expect(refusal(other)).toMatchObject({ status: 403, code: "wrong_room" });
    const forged = await server.call("POST", "/api/token", { token: "007nonsense", body: { room: "MAIN" } });
    expect(refusal(forged)).toMatchObject({ status: 401, code: "token_invalid" });
    const basic = await server.call("POST", "/api/token", {
      headers: { authorization: "Basic eDp5" },
      body: { room: "A" },
    });
    expect(refusal(basic)).toMatchObject({ status: 401, code: "token_invalid" });
  });

  it.each([
    [{}, "A room needs a name."],
    [{ room: "  " }, "A room needs a name."],
    [{ room: "Ä" }, "A room's name may have letters from A to Z, digits, “-” and “_”."],
    [{ room: "A".repeat(65) }, "A room's name has at most 64 characters."],
    [{ room: 5 }, "A room needs a name."],
    [{ room: "A", purpose: "robot" }, "`purpose` can be “screen”, or be left out."],
    [null, "The body must be an object."],
    [[], "The body must be an object."],
    ["{", "The body is not valid JSON."],
    ['{"room":"\\ud800"}', "A room's name may have letters from A to Z, digits, “-” and “_”."],
    ['{"__proto__":{"room":"A"}}', "A room needs a name."],
  ])("says of %j: %s", async (body, message) => {
    const answer = await server.call("POST", "/api/token", { body });
    expect(refusal(answer)).toEqual({ status: 400, code: "invalid_request", message });
  });

  it("refuses a body nested deeper than any honest one", async () => {
    const body = `${"[".repeat(9_000)}${"]".repeat(9_000)}`;
    const answer = refusal(await server.call("POST", "/api/token", { body }));
    expect(answer).toEqual({ status: 400, code: "invalid_request", message: "The body is nested too deeply." });
  });

  it("renews an expired join token while the seat is there and for ten minutes after, then no more", async () => {
    server.stop();
    server = new TestServer({}, { tickMs: 2_000 });
    const person = await server.arrive();
    await person.join("Sleeper");
    const renew = (token: string) => server.call("POST", "/api/token", { token, body: { room: "MAIN" } });
    const { token } = person.credentials;
    // No stream: the seat ends after 10 s. The token itself is good for an hour.
    await vi.advanceTimersByTimeAsync(3_601_000);
    expect(refusal(await renew(token))).toMatchObject({ status: 401, code: "token_expired" });

    const second = await server.arrive();
    await second.open();
    await second.join("Sleeper");
    const expiresAt = Date.now() + 3_600_000;
    while (Date.now() < expiresAt + 1_000) {
      await vi.advanceTimersByTimeAsync(10_000);
      await second.pong();
    }
    expect(refusal(await second.call("GET", "/api/members"))).toMatchObject({ status: 401, code: "token_expired" });
    expect(await renew(second.credentials.token)).toMatchObject({
      status: 200,
      body: { uid: second.uid, kind: "join" },
    });
    await second.call("DELETE", "/api/members");
    await vi.advanceTimersByTimeAsync(599_000);
    expect(await renew(second.credentials.token)).toMatchObject({ status: 200, body: { uid: second.uid } });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(refusal(await renew(second.credentials.token))).toMatchObject({ status: 401, code: "token_expired" });
  });
});

describe("every call", () => {
  it("needs a token, and says so by WWW-Authenticate", async () => {
    const calls: [string, string][] = [
      ...JSON_CALLS.slice(1),
      ["GET", "/api/members"],
      ["DELETE", "/api/members"],
      ["POST", "/api/members/away"],
      ["POST", "/api/members/unmute"],
      ["DELETE", "/api/rooms/:room/knocks"],
      ["GET", `/api/rooms/MAIN/events?instance=${newInstance()}`],
    ];
    for (const [method, path] of calls) {
      for (const token of [undefined, "007eJwBAAD//wAAAAE=", "x".repeat(5_000)]) {
        const answer = await server.call(method, path.replace(":room", "MAIN"), token === undefined ? {} : { token });
        expect(answer.status, `${method} ${path}`).toBe(401);
        expect(refusal(answer).code).toBe(token === undefined ? "token_missing" : "token_invalid");
        expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      }
    }
  });

  it.each(JSON_CALLS)("%s %s takes JSON only, of a bounded size", async (method, path) => {
    const person = await server.enter("Rohit");
    const call = (body: string, type: string) => person.call(method, path, { body, headers: { "content-type": type } });
    expect(refusal(await call("{}", "text/plain"))).toMatchObject({ status: 415, code: "unsupported_media_type" });
    expect(refusal(await call("{", "application/json"))).toMatchObject({ status: 400, code: "invalid_request" });
    expect(refusal(await call("[]", "application/json; charset=utf-8"))).toMatchObject({ status: 400 });
    const large = JSON.stringify("x".repeat(256 * 1_024));
    expect(refusal(await call(large, "application/json"))).toMatchObject({ status: 413, code: "too_large" });
  });

  it("counts a body while it comes, whatever it says of its length", async () => {
    const answer = await server.call("POST", "/api/token", {
      body: JSON.stringify({ room: "A", filler: "x".repeat(40_000) }),
      headers: { "content-length": "10" },
    });
    expect(answer.status).toBe(413);
  });

  it("that is unknown is a 404 in JSON, and an unknown method a 405", async () => {
    expect(refusal(await server.call("GET", "/api/nothing"))).toMatchObject({ status: 404, code: "not_found" });
    expect(refusal(await server.call("PUT", "/api/token"))).toMatchObject({ status: 405, code: "method_not_allowed" });
    expect(refusal(await server.call("HEAD", "/api/rooms/MAIN/events"))).toMatchObject({ status: 405 });
  });

  it("is refused for a while after too many tokens from one address, and from that one only", async () => {
    server.stop();
    server = new TestServer({ RATE_LIMITS: "on" });
    const take = (address: string) => server.call("POST", "/api/token", { address, body: { room: "MAIN" } });
    for (let n = 0; n < 600; n++) expect((await take("198.51.100.1")).status).toBe(200);
    const refused = await take("198.51.100.1");
    expect(refusal(refused)).toMatchObject({ status: 429, code: "rate_limited" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await take("198.51.100.2")).status).toBe(200);
    await vi.advanceTimersByTimeAsync(61_000);
    expect((await take("198.51.100.1")).status).toBe(200);
  });

  it("tells nothing of the server's inside when it fails", async () => {
    const person = await server.enter("Rohit");
    const errors = vi.spyOn(console, "error").mockImplementation(() => undefined);
    server.runtime.database.close();
    const unavailable = await server.call("GET", "/api/health");
    expect(refusal(unavailable)).toMatchObject({ status: 503, code: "unavailable" });
    expect(unavailable.headers.get("retry-after")).toBe("5");
    vi.spyOn(server.runtime.hub, "membersFor").mockImplementation(() => {
      throw new Error("secret inside");
    });
    const failed = refusal(await person.call("GET", "/api/members"));
    expect(failed).toEqual({ status: 500, code: "internal", message: "Something went wrong on the server." });
    expect(errors).toHaveBeenCalledTimes(2);
    errors.mockRestore();
  });
});

describe("POST /api/members", () => {
  it("creates once, for a hundred callers at once", async () => {
    const person = await server.arrive();
    const body = { name: "Rohit", instance: person.instance };
    const answers = await Promise.all(Array.from({ length: 100 }, () => person.call("POST", "/api/members", { body })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(99).fill(200), 201]);
    expect(await person.roster()).toHaveLength(1);
  });

  it("answers 201 with join credentials, then 200 with name and instance brought up to date", async () => {
    const person = await server.arrive();
    expect(await person.join("  Rohit ")).toMatchObject({
      status: 201,
      created: true,
      name: "Rohit",
      kind: "join",
      uid: person.uid,
      expiresInSeconds: 3_600,
    });
    person.instance = newInstance();
    expect(await person.join("Riya")).toMatchObject({ status: 200, created: false, name: "Riya" });
    expect(await person.roster()).toMatchObject([{ uid: person.uid, name: "Riya", instance: person.instance }]);
  });

  it.each([
    "<img src=x onerror=alert(1)>",
    "Robert'); DROP TABLE members;--",
    "שלום עולם",
    "\u202eevil\u202c",
    "👩‍👩‍👧‍👦 🏳️‍🌈",
    "全".repeat(50),
    "😀".repeat(50),
    "__proto__",
  ])("takes the name %s as text", async (name) => {
    const person = await server.arrive();
    expect((await person.join(name)).name).toBe(name);
    expect((await person.roster())[0]?.name).toBe(name);
  });

  it.each([
    [{ name: "", instance: newInstance() }, "A name is needed."],
    [{ name: "\u200b \u2800", instance: newInstance() }, "A name is needed."],
    [{ instance: newInstance() }, "A name is needed."],
    [{ name: 7, instance: newInstance() }, "A name is needed."],
    [{ name: "x".repeat(51), instance: newInstance() }, "A name has at most 50 characters."],
    [{ name: "a\u0000b", instance: newInstance() }, "A name can't have control characters in it."],
    [{ name: "a\ud800b", instance: newInstance() }, "A name can't have control characters in it."],
    [{ name: "Rohit" }, "`instance` must be a UUID."],
    [{ name: "Rohit", instance: "1" }, "`instance` must be a UUID."],
  ])("says of %j: %s", async (body, message) => {
    const person = await server.arrive();
    const answer = await person.call("POST", "/api/members", { body });
    expect(refusal(answer)).toEqual({ status: 400, code: "invalid_request", message });
  });

  it("refuses one more than the room holds, reconnecting people counted, and nobody who is in", async () => {
    server.stop();
    server = new TestServer({ EMBEDDED_MAX_MEMBERS: "2" });
    const first = await server.enter("A");
    const second = await server.enter("B");
    second.drop();
    const third = await server.arrive();
    const body = { name: "C", instance: third.instance };
    const full = await third.call("POST", "/api/members", { body });
    expect(refusal(full)).toEqual({
      status: 409,
      code: "room_full",
      message: "This call is full: it has room for 2 people.",
    });
    expect((await first.join("A again")).status).toBe(200);
    await second.call("DELETE", "/api/members");
    expect((await third.join("C")).status).toBe(201);
  });

  it("has no limit in agora", async () => {
    server.stop();
    server = new TestServer({
      AGORA_APP_ID: "0".repeat(32),
      AGORA_APP_CERTIFICATE: "1".repeat(32),
      EMBEDDED_MAX_MEMBERS: "1",
    });
    await server.enter("A");
    expect((await server.enter("B")).credentials).toMatchObject({ transport: "agora", appId: "0".repeat(32) });
  });
});

describe("the other calls on members", () => {
  it("GET answers everyone in the token's room, and one by uid", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await server.enter("Stranger", "OTHER");
    expect((await rohit.roster()).map(({ name }) => name)).toEqual(["Rohit", "Riya"]);
    const one = await rohit.call("GET", `/api/members?uid=${riya.uid}`);
    expect(one).toMatchObject({ status: 200, body: { uid: riya.uid, name: "Riya", state: "connected" } });
    expect(refusal(await rohit.call("GET", "/api/members?uid=1"))).toMatchObject({ status: 404, code: "not_found" });
    for (const uid of ["", "0", "-1", "1.5", "x", "4294967296", "1e3", "99999999999999999999"]) {
      const answer = refusal(await rohit.call("GET", `/api/members?uid=${uid}`));
      expect(answer).toMatchObject({ status: 400, message: expect.stringContaining("uid") });
    }
  });

  it("PATCH renames, for members only", async () => {
    const rohit = await server.enter("Rohit");
    const answer = await rohit.call("PATCH", "/api/members", { body: { name: " Riya " } });
    expect(answer).toMatchObject({ status: 200, body: { uid: rohit.uid, name: "Riya" } });
    expect(await rohit.received()).toMatchObject([{ type: "member-updated", data: { name: "Riya" } }]);
    const lobby = await server.arrive();
    const refused = await lobby.call("PATCH", "/api/members", { body: { name: "X" } });
    expect(refusal(refused)).toMatchObject({ status: 403, code: "not_a_member" });
    await rohit.call("DELETE", "/api/members");
    const gone = await rohit.call("PATCH", "/api/members", { body: { name: "X" } });
    expect(refusal(gone)).toMatchObject({ status: 403, code: "not_a_member" });
  });

  it("DELETE twice is gone once", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await rohit.received();
    expect((await riya.call("DELETE", "/api/members")).status).toBe(204);
    expect((await riya.call("DELETE", "/api/members")).status).toBe(204);
    expect(await rohit.received()).toEqual([{ type: "member-left", data: { uid: riya.uid } }]);
    expect(await rohit.roster()).toHaveLength(1);
  });

  it("two tabs of one person are two members", async () => {
    const first = await server.enter("Rohit");
    const second = await server.enter("Rohit");
    expect(second.uid).not.toBe(first.uid);
    expect(await first.roster()).toHaveLength(2);
  });
});

describe("POST /api/members/links", () => {
  const links = "/api/members/links";

  it("tells the room whom a page cannot reach, newcomers too, and when it can again", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await rohit.received();
    const { instance } = riya;
    const unreachable = [{ uid: rohit.uid, obstacle: "no-turn" }];
    const say = (said: unknown[]) => riya.call("POST", links, { body: { instance, unreachable: said } });
    expect((await say(unreachable)).status).toBe(204);
    expect((await say(unreachable)).status).toBe(204);
    expect(await rohit.received()).toMatchObject([{ type: "member-updated", data: { uid: riya.uid, unreachable } }]);
    const newcomer = await server.arrive();
    await newcomer.open();
    expect(await newcomer.received()).toMatchObject([
      { type: "welcome", data: { members: [{ unreachable: [] }, { uid: riya.uid, unreachable }] } },
    ]);
    await say([]);
    expect(await rohit.received()).toMatchObject([{ type: "member-updated", data: { unreachable: [] } }]);
  });

  it("leaves out oneself, strangers, people of other rooms, and what was said twice", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const stranger = await server.enter("Stranger", "OTHER");
    const unreachable = [stranger.uid, rohit.uid, 1, riya.uid, riya.uid].map((uid) => ({ uid, obstacle: "unknown" }));
    await rohit.call("POST", links, { body: { instance: rohit.instance, unreachable } });
    expect(await rohit.roster()).toMatchObject([{ unreachable: [{ uid: riya.uid }] }, { unreachable: [] }]);
    expect(await stranger.roster()).toMatchObject([{ unreachable: [] }]);
  });

  it("is forgotten with the seat's page, and the word of a page that was replaced changes nothing", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const body = { instance: riya.instance, unreachable: [{ uid: rohit.uid, obstacle: "unknown" }] };
    await riya.call("POST", links, { body });
    expect(await rohit.roster()).toMatchObject([{}, { unreachable: [{ uid: rohit.uid }] }]);
    riya.reload();
    await riya.join("Riya");
    expect((await riya.call("POST", links, { body })).status).toBe(204);
    expect(await rohit.roster()).toMatchObject([{}, { unreachable: [] }]);
  });

  it("is for members only, and bounded", async () => {
    const lobby = await server.arrive();
    const nothing = { instance: lobby.instance, unreachable: [] };
    expect(refusal(await lobby.call("POST", links, { body: nothing }))).toMatchObject({ code: "not_a_member" });
    const rohit = await server.arrive();
    const { token } = rohit.credentials;
    await rohit.join("Rohit");
    const early = await server.call("POST", links, { token, body: { ...nothing, instance: rohit.instance } });
    expect(refusal(early)).toMatchObject({ code: "not_a_member" });
    const good = { uid: rohit.uid, obstacle: "unknown" };
    for (const [unreachable, field] of [
      [[{ ...good, obstacle: "free words" }], "obstacle"],
      [[{ ...good, uid: 0 }], "uid"],
      [Array(257).fill(good), "unreachable"],
      [undefined, "unreachable"],
    ] as const) {
      const answer = await rohit.call("POST", links, { body: { instance: rohit.instance, unreachable } });
      expect(refusal(answer)).toMatchObject({ status: 400, message: expect.stringContaining(field) });
    }
    await rohit.call("DELETE", "/api/members");
    const late = await rohit.call("POST", links, { body: { ...nothing, instance: rohit.instance } });
    expect(refusal(late)).toMatchObject({ status: 403, code: "not_a_member" });
  });
});

describe("messages", () => {
  const post = "/api/rooms/:room/messages";

  it("are stored once, and given to every member", async () => {
    const rohit = await server.enter("Rohit");
    const watcher = await server.arrive();
    await watcher.open();
    await watcher.received();
    const first = await rohit.call("POST", post, { body: { clientId: "a", text: " hi\nyou " } });
    expect(first).toMatchObject({
      status: 201,
      body: { uid: rohit.uid, name: "Rohit", text: "hi\nyou", clientId: "a" },
    });
    const again = await rohit.call("POST", post, { body: { clientId: "a", text: "other" } });
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(await rohit.received()).toEqual([{ type: "message", data: first.body }]);
    expect(await watcher.received()).toEqual([]);
  });

  it.each([
    [{ clientId: "a", text: " " }, "text"],
    [{ clientId: "a" }, "text"],
    [{ clientId: "", text: "x" }, "clientId"],
    [{ clientId: "x".repeat(65), text: "x" }, "clientId"],
    [{ text: "x" }, "clientId"],
  ])("%j is refused, naming %s", async (body, field) => {
    const rohit = await server.enter("Rohit");
    const answer = refusal(await rohit.call("POST", post, { body }));
    expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(field) });
  });

  it("of more than 2000 characters are refused", async () => {
    const rohit = await server.enter("Rohit");
    const body = { clientId: "a", text: "x".repeat(2_001) };
    const answer = refusal(await rohit.call("POST", post, { body }));
    expect(answer).toMatchObject({ status: 400, message: "`text`: A message has at most 2000 characters." });
  });

  it("need a member, and the token's room", async () => {
    const lobby = await server.arrive();
    const body = { clientId: "a", text: "x" };
    expect(refusal(await lobby.call("POST", post, { body }))).toMatchObject({ status: 403, code: "not_a_member" });
    const other = await lobby.call("POST", "/api/rooms/OTHER/messages", { body });
    expect(refusal(other)).toMatchObject({ status: 403, code: "wrong_room" });
    const malformed = await lobby.call("POST", "/api/rooms/%E0%A4%A/messages", { body });
    expect(refusal(malformed)).toMatchObject({ status: 400, code: "invalid_request" });
  });

  it("are deleted ten minutes after the last member left, also over a restart", async () => {
    server.stop();
    server = new TestServer({}, { tickMs: 1_000 });
    const rohit = await server.enter("Rohit");
    await rohit.call("POST", post, { body: { clientId: "a", text: "secret" } });
    await rohit.call("DELETE", "/api/members");
    await vi.advanceTimersByTimeAsync(300_000);
    server.restart();
    await vi.advanceTimersByTimeAsync(290_000);
    const early = await server.arrive();
    await early.open();
    await early.join("Early");
    expect((await early.received()).at(-1)).toMatchObject({ data: { messages: [{ text: "secret" }] } });
    await early.call("DELETE", "/api/members");
    await vi.advanceTimersByTimeAsync(601_000);
    const stranger = await server.arrive();
    await stranger.open();
    await stranger.join("Stranger");
    expect((await stranger.received()).at(-1)).toMatchObject({ type: "welcome", data: { messages: [] } });
  });
});

describe("signals", () => {
  const post = "/api/rooms/:room/signals";

  it("reach the page they are for, once, in order, and name who is not here", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const signal = (seq: number, toInstance = riya.instance) => ({ to: riya.uid, toInstance, seq, signal: { seq } });
    const body = { signals: [signal(0), signal(1), signal(2, newInstance()), { ...signal(3), to: 1 }] };
    expect(await rohit.call("POST", post, { body })).toMatchObject({ status: 202, body: { absent: [riya.uid, 1] } });
    expect(await rohit.call("POST", post, { body })).toMatchObject({ status: 202 });
    expect(await riya.received()).toEqual(
      [0, 1].map((seq) => ({
        type: "signal",
        data: {
          from: rohit.uid,
          fromInstance: rohit.instance,
          to: riya.uid,
          toInstance: riya.instance,
          seq,
          signal: { seq },
        },
      })),
    );
    expect((await rohit.received()).filter(({ type }) => type === "signal")).toEqual([]);
  });

  it("are refused from one who is no member, and when malformed", async () => {
    const lobby = await server.arrive();
    const rohit = await server.enter("Rohit");
    const good = { to: rohit.uid, toInstance: rohit.instance, seq: 0, signal: null };
    const refused = await lobby.call("POST", post, { body: { signals: [good] } });
    expect(refusal(refused)).toMatchObject({ status: 403, code: "not_a_member" });
    for (const [bad, field] of [
      [{ signals: [] }, "signals"],
      [{ signals: [{ ...good, to: 0 }] }, "to"],
      [{ signals: [{ ...good, seq: -1 }] }, "seq"],
      [{ signals: [{ ...good, toInstance: "x" }] }, "toInstance"],
      ['{"signals":[{"seq":1e999}]}', "signals"],
    ] as const) {
      const answer = refusal(await rohit.call("POST", post, { body: bad }));
      expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(field) });
    }
  });
});

describe("GET /api/health", () => {
  it("says the transport, without a token", async () => {
    expect(await server.call("GET", "/api/health")).toMatchObject({
      status: 200,
      body: { status: "ok", transport: "embedded" },
    });
  });
});

describe("POST /api/problems", () => {
  it("writes what browsers hear from Agora into the server's log, from members only", async () => {
    const note = vi.spyOn(server.runtime.problems, "note").mockReturnValue();
    const body = { problem: "token-refused" };
    const visitor = await server.arrive();
    expect(refusal(await visitor.call("POST", "/api/problems", { body }))).toMatchObject({ code: "not_a_member" });
    expect(refusal(await server.call("POST", "/api/problems", { body }))).toMatchObject({ code: "token_missing" });
    const person = await server.enter("Rohit");
    expect(await person.call("POST", "/api/problems", { body })).toMatchObject({ status: 204 });
    expect(note.mock.calls).toEqual([["token-refused"]]);
    const words = await person.call("POST", "/api/problems", { body: { problem: "free\nwords" } });
    expect(refusal(words)).toMatchObject({ status: 400, code: "invalid_request" });
    expect(note).toHaveBeenCalledTimes(1);
  });
});
