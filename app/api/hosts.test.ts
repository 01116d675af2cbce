import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RoomEvent } from "@/lib/contracts/events";
import { refusal, TestServer } from "./test-server";

type Person = Awaited<ReturnType<TestServer["enter"]>>;

let server: TestServer;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "Date", "performance"] });
  server = new TestServer();
});
afterEach(() => {
  server.stop();
  vi.useRealTimers();
});

const types = (events: RoomEvent[]) => events.map(({ type }) => type);

/** Lets time pass, in which these people's pages answer. */
async function pass(ms: number, ...answering: Person[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    await vi.advanceTimersByTimeAsync(Math.min(5_000, ms - passed));
    for (const person of answering) await person.pong();
  }
}

/** What came since the last time, pings left out. */
async function heard(person: Person): Promise<RoomEvent[]> {
  return (await person.received()).filter(({ type }) => type !== "ping");
}

async function watch(): Promise<Person> {
  const person = await server.arrive();
  await person.open();
  await person.received();
  return person;
}

/** A host, alone in a locked room. */
async function lockedRoom(): Promise<Person> {
  const host = await server.enter("Anna");
  await change(host, { isLocked: true });
  await host.received();
  return host;
}

const change = (person: Person, body: object) => person.call("PATCH", "/api/rooms/:room", { body });
const knock = (person: Person, name: string) => person.call("POST", "/api/rooms/:room/knocks", { body: { name } });
const answer = (host: Person, uid: number, isAdmitted: boolean) =>
  host.call("POST", "/api/rooms/:room/knocks/answers", { body: { uid, isAdmitted } });
const remove = (host: Person, uid: number) => host.call("POST", "/api/members/remove", { body: { uid } });
const mute = (host: Person, uid: number) => host.call("POST", "/api/members/mute", { body: { uid } });
const unmute = (person: Person) => person.call("POST", "/api/members/unmute");
const leave = (person: Person) => person.call("DELETE", "/api/members");
const tryToJoin = (person: Person, name: string) =>
  person.call("POST", "/api/members", { body: { name, instance: person.instance } });
const hostOf = async () => {
  const watcher = await server.arrive();
  await watcher.open();
  const [welcome] = await watcher.received();
  watcher.drop();
  return welcome?.type === "welcome" ? welcome.data.room.host : undefined;
};

describe("every power", () => {
  const POWERS: [string, (caller: Person, other: number) => ReturnType<Person["call"]>][] = [
    ["to lock the room", (caller) => change(caller, { isLocked: true })],
    ["to make another host", (caller, uid) => change(caller, { host: uid })],
    ["to mute", mute],
    ["to remove", remove],
    ["to let someone in", (caller, uid) => answer(caller, uid, true)],
    ["to refuse someone", (caller, uid) => answer(caller, uid, false)],
  ];

  it.each(POWERS)("%s is the host's", async (_power, use) => {
    const host = await lockedRoom();
    const other = await watch();
    await knock(other, "Bela");
    const isAtDoor = use.toString().includes("answer");
    if (!isAtDoor) {
      await answer(host, other.uid, true);
      await other.join("Bela");
    }
    expect((await use(host, other.uid)).status).toBeLessThan(300);
  });

  it.each(POWERS)("%s is no other member's, nor that of one who was host", async (_power, use) => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    const carl = await server.enter("Carl");
    expect(refusal(await use(bela, carl.uid))).toEqual({
      status: 403,
      code: "not_host",
      message: "Only the host of this call can do that.",
    });
    await change(anna, { host: bela.uid });
    expect(refusal(await use(anna, carl.uid))).toMatchObject({ status: 403, code: "not_host" });
    await leave(carl);
    expect(refusal(await use(carl, anna.uid))).toMatchObject({ status: 403, code: "not_a_member" });
  });

  it.each(POWERS)("%s is nobody's from the lobby", async (_power, use) => {
    const host = await server.enter("Anna");
    const watcher = await watch();
    expect(refusal(await use(watcher, host.uid))).toMatchObject({ status: 403, code: "not_a_member" });
  });

  it.each(POWERS)("%s ends at the room's walls", async (power, use) => {
    const anna = await server.enter("Anna");
    const stranger = await server.enter("Stranger", "OTHER");
    await anna.received();
    const elsewhere = await use(stranger, anna.uid);
    if (power === "to lock the room") expect(elsewhere.status).toBe(200);
    else expect(refusal(elsewhere)).toMatchObject({ status: 404, code: "not_found" });
    for (const [method, path, body] of [
      ["PATCH", "/api/rooms/MAIN", { isLocked: true }],
      ["POST", "/api/rooms/MAIN/knocks", { name: "Stranger" }],
      ["DELETE", "/api/rooms/MAIN/knocks", undefined],
      ["POST", "/api/rooms/MAIN/knocks/answers", { uid: anna.uid, isAdmitted: true }],
    ] as const) {
      const refused = await stranger.call(method, path, { body });
      expect(refusal(refused), path).toMatchObject({ status: 403, code: "wrong_room" });
    }
    expect(await anna.received()).toEqual([]);
  });

  it.each(POWERS)("%s ends with being removed", async (_power, use) => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    await change(anna, { host: bela.uid });
    await change(bela, { host: anna.uid });
    await remove(anna, bela.uid);
    expect(refusal(await use(bela, anna.uid))).toMatchObject({ status: 403, code: "removed" });
  });

  it("is refused in words where it makes no sense", async () => {
    const host = await server.enter("Anna");
    const said = async (call: ReturnType<Person["call"]>) => refusal(await call);
    expect(await said(mute(host, host.uid))).toMatchObject({
      status: 400,
      message: "Your own microphone has a button of its own.",
    });
    expect(await said(remove(host, host.uid))).toMatchObject({
      status: 400,
      message: "You can't remove yourself: leave instead.",
    });
    expect(await said(change(host, {}))).toMatchObject({
      status: 400,
      message: "Say what is to change: `isLocked`, `host`, or both.",
    });
    expect(await said(change(host, { isLocked: "yes" }))).toMatchObject({ status: 400 });
    for (const call of [mute(host, 7), remove(host, 7), change(host, { host: 7 })]) {
      expect(await said(call)).toMatchObject({ status: 404, message: "Nobody with this uid is in the room." });
    }
    expect(await said(answer(host, 7, true))).toMatchObject({
      status: 404,
      message: "They don't wait to be let in any more.",
    });
  });
});

describe("the host", () => {
  it("is the first in, and everyone inside is told of the next: the longest present of those whose page is here", async () => {
    const anna = await server.enter("Anna");
    const away = await server.enter("Away");
    await pass(1_000, anna, away);
    const bela = await server.enter("Bela");
    const carl = await server.enter("Carl");
    const watcher = await watch();
    expect(await hostOf()).toBe(anna.uid);
    away.drop();
    await heard(carl);
    await leave(anna);
    expect((await heard(carl)).slice(-1)).toEqual([
      { type: "room-updated", data: { host: bela.uid, isLocked: false } },
    ]);
    expect(types(await heard(watcher))).not.toContain("room-updated");
  });

  it("stays host while their network is gone, until their seat ends", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    anna.drop();
    await pass(9_000, bela);
    expect(await hostOf()).toBe(anna.uid);
    const heardBefore = anna.lastEventId;
    await anna.open(heardBefore);
    anna.drop();
    await heard(bela);
    await pass(10_200, bela);
    expect((await heard(bela)).slice(-2)).toEqual([
      { type: "member-left", data: { uid: anna.uid } },
      { type: "room-updated", data: { host: bela.uid, isLocked: false } },
    ]);
    await anna.open();
    await anna.join("Anna");
    expect(await hostOf()).toBe(bela.uid);
  });

  it("stays host over a reload", async () => {
    const anna = await server.enter("Anna");
    await server.enter("Bela");
    await anna.call("POST", "/api/members/away");
    anna.reload();
    await anna.join("Anna");
    await anna.open();
    expect(await anna.received()).toMatchObject([{ type: "welcome", data: { room: { host: anna.uid } } }]);
  });

  it("may be whom the host chooses", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    const carl = await server.enter("Carl");
    await heard(bela);
    expect(await change(anna, { host: carl.uid })).toMatchObject({
      status: 200,
      body: { host: carl.uid, isLocked: false },
    });
    expect(await heard(bela)).toEqual([{ type: "room-updated", data: { host: carl.uid, isLocked: false } }]);
    await leave(anna);
    expect(await heard(bela)).toEqual([{ type: "member-left", data: { uid: anna.uid } }]);
  });

  it("is nobody while nobody is in, and then the next who comes", async () => {
    const anna = await server.enter("Anna");
    await leave(anna);
    expect(await hostOf()).toBeNull();
    const bela = await server.enter("Bela");
    expect(await hostOf()).toBe(bela.uid);
  });

  it("is found where a server before this one knew of none, or the host's row is missing", async () => {
    const anna = await server.enter("Anna");
    await pass(1_000, anna);
    const bela = await server.enter("Bela");
    server.runtime.database.db.run(sql`delete from sessions`);
    server.restart();
    expect(await hostOf()).toBe(anna.uid);
    server.runtime.database.db.run(sql`delete from members where uid = ${anna.uid}`);
    server.restart();
    expect(await hostOf()).toBe(bela.uid);
  });

  it("who vanishes while someone knocks leaves the knock to the next host, and has it when the stream is back", async () => {
    const anna = await lockedRoom();
    const bela = await watch();
    await knock(bela, "Bela");
    const knocks = { type: "knocks", data: { knocks: [{ uid: bela.uid, name: "Bela", knockedAt: Date.now() }] } };
    expect(await heard(anna)).toEqual([knocks]);
    const before = anna.lastEventId;
    anna.drop();
    await anna.open(before);
    expect((await heard(anna)).at(-1)).toEqual(knocks);
    anna.drop();
    await anna.open();
    expect((await heard(anna)).slice(-2)).toMatchObject([{ type: "welcome" }, knocks]);
    await answer(anna, bela.uid, true);
    await bela.join("Bela");
    const carl = await watch();
    await knock(carl, "Carl");
    expect(types(await heard(bela))).not.toContain("knocks");
    anna.drop();
    await pass(10_200, bela, carl);
    expect((await heard(bela)).slice(-3)).toMatchObject([
      { type: "member-left", data: { uid: anna.uid } },
      { type: "room-updated", data: { host: bela.uid, isLocked: true } },
      { type: "knocks", data: { knocks: [{ name: "Carl" }] } },
    ]);
    expect((await answer(bela, carl.uid, true)).status).toBe(204);
  });
});

describe("a locked room", () => {
  it("shows those outside no names: not on the stream, not by asking, not when resuming", async () => {
    const anna = await server.enter("Anna");
    const before = await watch();
    const heardBefore = before.lastEventId;
    const resuming = await watch();
    await change(anna, { isLocked: true });
    const closed = {
      type: "welcome",
      data: { members: [], messages: [], room: { host: anna.uid, isLocked: true }, self: { kind: "lobby" } },
    };
    expect(await heard(before)).toMatchObject([closed]);
    await anna.call("PATCH", "/api/members", { body: { name: "Anna B." } });
    await anna.call("POST", "/api/rooms/:room/messages", { body: { clientId: "a", text: "hi" } });
    expect(await heard(before)).toEqual([]);

    const newcomer = await server.arrive();
    await newcomer.open();
    expect(await heard(newcomer)).toMatchObject([closed]);
    resuming.drop();
    await resuming.open(heardBefore);
    expect((await heard(resuming)).slice(-1)).toMatchObject([closed]);
    const locked = { status: 403, code: "room_locked", message: expect.stringContaining("must let you in") };
    expect(refusal(await newcomer.call("GET", "/api/members"))).toEqual(locked);
    expect(refusal(await newcomer.call("GET", `/api/members?uid=${anna.uid}`))).toEqual(locked);
    expect(refusal(await tryToJoin(newcomer, "Bela"))).toEqual(locked);
    expect(await anna.roster()).toHaveLength(1);
  });

  it("shows them again when it is open, also to one who was away meanwhile", async () => {
    const anna = await lockedRoom();
    const watcher = await watch();
    const resuming = await watch();
    const heardBefore = resuming.lastEventId;
    resuming.drop();
    await change(anna, { isLocked: false });
    const open = { type: "welcome", data: { members: [{ name: "Anna" }], room: { isLocked: false } } };
    expect(await heard(watcher)).toMatchObject([open]);
    await resuming.open(heardBefore);
    expect(await heard(resuming)).toMatchObject([open]);
    expect((await tryToJoin(watcher, "Bela")).status).toBe(201);
  });

  it("lets back in who was in: a reload, and a laptop that slept", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    await change(anna, { isLocked: true });
    bela.reload();
    expect((await bela.join("Bela")).status).toBe(200);
    bela.drop();
    await pass(300_000, anna);
    expect(await anna.roster()).toHaveLength(1);
    await bela.open();
    expect(await heard(bela)).toMatchObject([{ type: "welcome", data: { self: { kind: "lobby" }, members: [] } }]);
    expect((await bela.join("Bela")).status).toBe(201);
    expect((await heard(bela)).at(-1)).toMatchObject({ type: "welcome", data: { members: [{}, {}] } });
  });

  it("tells a page whose seat has ended so, and nothing of what comes after", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    await change(anna, { isLocked: true });
    await heard(bela);
    await leave(bela);
    await anna.call("PATCH", "/api/members", { body: { name: "Anna B." } });
    expect(await heard(bela)).toEqual([{ type: "member-left", data: { uid: bela.uid } }]);
  });

  it("keeps lock, host and mute over a restart of the server, and who was removed stays removed", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    const carl = await server.enter("Carl");
    await change(anna, { host: bela.uid });
    await mute(bela, anna.uid);
    await remove(bela, carl.uid);
    server.restart();
    await bela.open();
    expect(await bela.received()).toMatchObject([
      { type: "welcome", data: { room: { host: bela.uid, isLocked: true }, members: [{ isMutedByHost: true }, {}] } },
    ]);
    expect(refusal(await carl.call("GET", "/api/members"))).toMatchObject({ status: 403, code: "removed" });
    const newcomer = await server.arrive();
    expect(refusal(await tryToJoin(newcomer, "Dora"))).toMatchObject({ code: "room_locked" });
  });

  it("is open again, with no host, when its session has ended", async () => {
    const anna = await lockedRoom();
    await leave(anna);
    const watcher = await watch();
    await pass(595_000, watcher);
    expect(refusal(await tryToJoin(watcher, "Bela"))).toMatchObject({ code: "room_locked" });
    await pass(11_000, watcher);
    await watcher.call("POST", "/api/token", { body: { room: "MAIN" } });
    const newcomer = await server.enter("Bela");
    expect(await hostOf()).toBe(newcomer.uid);
  });

  it("is open again, and empty of messages, for who comes before the clock has noticed that its session has ended", async () => {
    const anna = await lockedRoom();
    await anna.call("POST", "/api/rooms/:room/messages", { body: { clientId: "a", text: "Between us." } });
    await leave(anna);
    // The time is later, and no clock has ticked.
    vi.setSystemTime(Date.now() + 600_001);
    const bela = await server.enter("Bela");
    await bela.open();
    expect(await bela.received()).toMatchObject([
      { type: "welcome", data: { room: { host: bela.uid, isLocked: false }, messages: [] } },
    ]);
  });
});

describe("knocking", () => {
  it("waits at the host's door alone, once however often, until the host lets in", async () => {
    const anna = await lockedRoom();
    const bela = await watch();
    expect(await knock(bela, "Bela")).toMatchObject({ status: 200, body: { state: "waiting" } });
    expect(await knock(bela, "Bela")).toMatchObject({ status: 200, body: { state: "waiting" } });
    const carl = await watch();
    await knock(carl, "Carl");
    expect(await heard(anna)).toMatchObject([
      { type: "knocks", data: { knocks: [{ uid: bela.uid, name: "Bela" }] } },
      { type: "knocks", data: { knocks: [{ uid: bela.uid }, { uid: carl.uid, name: "Carl" }] } },
    ]);
    expect((await answer(anna, bela.uid, true)).status).toBe(204);
    expect(await heard(bela)).toEqual([{ type: "knock-answered", data: { isAdmitted: true } }]);
    expect(await heard(anna)).toMatchObject([{ type: "knocks", data: { knocks: [{ uid: carl.uid }] } }]);
    expect(await knock(bela, "Bela")).toMatchObject({ body: { state: "admitted" } });
    expect((await bela.join("Bela")).status).toBe(201);
    expect(await heard(carl)).toEqual([]);
    expect(refusal(await answer(anna, bela.uid, true))).toMatchObject({ status: 404 });
  });

  it.each([[{}], [{ name: "" }], [{ name: "\u200b" }], [{ name: "x".repeat(51) }]])(
    "needs a name: not %j",
    async (body) => {
      await lockedRoom();
      const bela = await watch();
      const refused = await bela.call("POST", "/api/rooms/:room/knocks", { body });
      expect(refusal(refused)).toMatchObject({ status: 400, code: "invalid_request" });
    },
  );

  it("at an open door, or by one who is in, needs no answer", async () => {
    const anna = await server.enter("Anna");
    expect(await knock(await watch(), "Bela")).toMatchObject({ body: { state: "admitted" } });
    await change(anna, { isLocked: true });
    expect(await knock(anna, "Anna")).toMatchObject({ body: { state: "admitted" } });
  });

  it("that is refused is said, and has to wait before it may be tried again", async () => {
    const anna = await lockedRoom();
    const bela = await watch();
    await knock(bela, "Bela");
    await answer(anna, bela.uid, false);
    expect(await heard(bela)).toEqual([{ type: "knock-answered", data: { isAdmitted: false } }]);
    await heard(anna);
    const tooSoon = await knock(bela, "Bela");
    expect(refusal(tooSoon)).toEqual({
      status: 429,
      code: "rate_limited",
      message: "The host did not let you in. You can knock again in 30 s.",
    });
    expect(tooSoon.headers.get("retry-after")).toBe("30");
    expect(await heard(anna)).toEqual([]);
    expect(refusal(await tryToJoin(bela, "Bela"))).toMatchObject({ code: "room_locked" });
    await pass(30_100, anna, bela);
    expect(await knock(bela, "Bela")).toMatchObject({ body: { state: "waiting" } });
  });

  it("ends when they give up, and when their page is gone for long", async () => {
    const anna = await lockedRoom();
    const bela = await watch();
    await knock(bela, "Bela");
    const carl = await watch();
    await knock(carl, "Carl");
    await heard(anna);
    const giveUp = () => bela.call("DELETE", "/api/rooms/:room/knocks");
    expect((await giveUp()).status).toBe(204);
    expect((await giveUp()).status).toBe(204);
    expect(await heard(anna)).toMatchObject([{ type: "knocks", data: { knocks: [{ uid: carl.uid }] } }]);
    expect(refusal(await answer(anna, bela.uid, true))).toMatchObject({ status: 404 });
    carl.drop();
    await pass(9_000, anna);
    await carl.open();
    await pass(2_000, anna, carl);
    expect(await heard(anna)).toEqual([]);
    carl.drop();
    await pass(10_300, anna);
    expect(await heard(anna)).toEqual([{ type: "knocks", data: { knocks: [] } }]);
  });

  it("is answered by an open door", async () => {
    const anna = await lockedRoom();
    const bela = await watch();
    await knock(bela, "Bela");
    await heard(anna);
    await change(anna, { isLocked: false });
    expect(await heard(bela)).toMatchObject([
      { type: "welcome", data: { members: [{ name: "Anna" }], room: { isLocked: false } } },
      { type: "knock-answered", data: { isAdmitted: true } },
    ]);
    expect((await heard(anna)).at(-1)).toEqual({ type: "knocks", data: { knocks: [] } });
    await change(anna, { isLocked: true });
    expect((await bela.join("Bela")).status).toBe(201);
  });

  it("does not make a full room larger: who was let in comes in when there is room", async () => {
    server.stop();
    server = new TestServer({ EMBEDDED_MAX_MEMBERS: "2" });
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    await change(anna, { isLocked: true });
    const carl = await watch();
    await knock(carl, "Carl");
    await answer(anna, carl.uid, true);
    expect(refusal(await tryToJoin(carl, "Carl"))).toMatchObject({ status: 409, code: "room_full" });
    await leave(bela);
    expect((await tryToJoin(carl, "Carl")).status).toBe(201);
  });

  it("at a locked room that is empty says that nobody is inside, and comes in when the session has ended", async () => {
    const anna = await lockedRoom();
    const bela = await watch();
    await knock(bela, "Bela");
    await leave(anna);
    expect(await heard(bela)).toMatchObject([
      { type: "welcome", data: { members: [], room: { host: null, isLocked: true } } },
    ]);
    await pass(300_000, bela);
    await bela.call("POST", "/api/token", { body: { room: "MAIN" } });
    await pass(295_000, bela);
    expect(await heard(bela)).toEqual([]);
    await pass(11_000, bela);
    expect(await heard(bela)).toMatchObject([
      { type: "welcome", data: { room: { host: null, isLocked: false } } },
      { type: "knock-answered", data: { isAdmitted: true } },
    ]);
  });

  it("reaches the host who comes back to it", async () => {
    const anna = await lockedRoom();
    await leave(anna);
    const bela = await watch();
    await knock(bela, "Bela");
    expect((await anna.join("Anna")).status).toBe(201);
    expect((await heard(anna)).at(-1)).toMatchObject({ type: "knocks", data: { knocks: [{ name: "Bela" }] } });
    expect(await heard(bela)).toMatchObject([{ type: "welcome", data: { members: [], room: { host: anna.uid } } }]);
  });

  it("is limited in number, so that nobody can fill the host's screen", async () => {
    await lockedRoom();
    for (let n = 0; n < 50; n++) expect((await knock(await server.arrive(), `N${n}`)).status).toBe(200);
    const refused = refusal(await knock(await server.arrive(), "One more"));
    expect(refused).toMatchObject({ status: 429, message: expect.stringContaining("Too many people wait") });
  });
});

describe("muting", () => {
  it("is told to everyone, newcomers too, until the one who is muted unmutes", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    await heard(anna);
    expect((await mute(anna, bela.uid)).status).toBe(204);
    expect((await mute(anna, bela.uid)).status).toBe(204);
    expect(await heard(anna)).toMatchObject([
      { type: "member-updated", data: { uid: bela.uid, isMutedByHost: true, state: "connected" } },
    ]);
    const carl = await server.enter("Carl");
    expect(await carl.roster()).toMatchObject([{}, { uid: bela.uid, isMutedByHost: true }, {}]);
    bela.reload();
    await bela.join("Bela");
    expect((await carl.roster())[1]).toMatchObject({ isMutedByHost: true });
    await heard(carl);
    expect((await unmute(bela)).status).toBe(204);
    expect((await unmute(bela)).status).toBe(204);
    expect(await heard(carl)).toMatchObject([
      { type: "member-updated", data: { uid: bela.uid, isMutedByHost: false } },
    ]);
  });

  it("can be undone by the one who is muted alone", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    const watcher = await watch();
    await mute(anna, bela.uid);
    await unmute(anna);
    expect(refusal(await unmute(watcher))).toMatchObject({ status: 403, code: "not_a_member" });
    expect((await anna.roster())[1]).toMatchObject({ isMutedByHost: true });
  });
});

describe("removing", () => {
  it("also refuses what was on its way: bodies that came after it to calls that began before it", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    const calls = [
      { path: "/api/members", body: { name: "Bela", instance: bela.instance } },
      { path: "/api/token", body: { room: "MAIN" } },
      { path: "/api/rooms/MAIN/messages", body: { clientId: "1", text: "Here I am" } },
    ].map(({ path, body }) => {
      const held = heldBody(JSON.stringify(body));
      return { held, answer: bela.call("POST", path, { body: held.stream }) };
    });
    await Promise.all(calls.map(({ held }) => held.isAwaited));
    expect((await remove(anna, bela.uid)).status).toBe(204);
    for (const { held, answer } of calls) {
      held.send();
      expect(refusal(await answer)).toMatchObject({ status: 403, code: "removed" });
    }
    expect(await anna.roster()).toMatchObject([{ uid: anna.uid }]);
  });

  it("tells the person, ends everything of theirs, tells the others, and locks the door", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    const carl = await server.enter("Carl");
    await heard(bela);
    await heard(carl);
    expect((await remove(anna, bela.uid)).status).toBe(204);
    expect((await heard(bela)).at(-1)).toEqual({ type: "removed", data: {} });
    expect(bela.isStreamOpen).toBe(false);
    expect(await heard(carl)).toEqual([
      { type: "room-updated", data: { host: anna.uid, isLocked: true } },
      { type: "member-left", data: { uid: bela.uid } },
    ]);
    const refused = { status: 403, code: "removed", message: "You were removed from this call." };
    const signals = { signals: [{ to: anna.uid, toInstance: anna.instance, seq: 0, signal: 1 }] };
    for (const [method, path, body] of [
      ["POST", "/api/token", { room: "MAIN" }],
      ["POST", "/api/members", { name: "Bela", instance: bela.instance }],
      ["GET", "/api/members", undefined],
      ["PATCH", "/api/members", { name: "B" }],
      ["POST", "/api/members/away", {}],
      ["POST", "/api/members/pong", { ping: 1 }],
      ["POST", "/api/members/links", { instance: bela.instance, unreachable: [] }],
      ["POST", "/api/members/unmute", undefined],
      ["POST", "/api/problems", { problem: "refused" }],
      ["GET", `/api/rooms/:room/events?instance=${bela.instance}`, undefined],
      ["POST", "/api/rooms/:room/messages", { clientId: "a", text: "hi" }],
      ["POST", "/api/rooms/:room/signals", signals],
      ["POST", "/api/rooms/:room/knocks", { name: "Bela" }],
      ["DELETE", "/api/rooms/:room/knocks", undefined],
    ] as const) {
      expect(refusal(await bela.call(method, path, { body })), `${method} ${path}`).toEqual(refused);
    }
    expect((await leave(bela)).status).toBe(204);
    const again = await server.arrive();
    expect(refusal(await tryToJoin(again, "Bela"))).toMatchObject({ code: "room_locked" });
    expect(await knock(again, "Bela")).toMatchObject({ body: { state: "waiting" } });
  });

  it("takes the screen with it", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    const screen = await server.arrive();
    server.runtime.database.db.run(sql`update members set screen_uid = ${screen.uid} where uid = ${bela.uid}`);
    server.restart();
    expect((await remove(anna, bela.uid)).status).toBe(204);
    expect(refusal(await screen.call("GET", "/api/members"))).toMatchObject({ status: 403, code: "removed" });
  });

  it("of someone who is just leaving, or has just left, holds all the same, and again", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    const carl = await server.enter("Carl");
    await bela.call("POST", "/api/members/away");
    expect((await remove(anna, bela.uid)).status).toBe(204);
    await leave(carl);
    expect((await remove(anna, carl.uid)).status).toBe(204);
    expect((await remove(anna, carl.uid)).status).toBe(204);
    for (const gone of [bela, carl]) {
      expect(refusal(await tryToJoin(gone, "Back"))).toMatchObject({ status: 403, code: "removed" });
    }
    expect(await anna.roster()).toHaveLength(1);
  });

  it("is forgotten when the last token is over, and the uid is nobody else's until then", async () => {
    const anna = await server.enter("Anna");
    const bela = await server.enter("Bela");
    await remove(anna, bela.uid);
    const { hub } = server.runtime;
    const { room } = bela.credentials;
    expect(hub.isTaken(room, bela.uid)).toBe(true);
    vi.setSystemTime(Date.now() + 86_400_000);
    expect(hub.revocations.has(room, bela.uid)).toBe(true);
    vi.setSystemTime(Date.now() + 600_000);
    const kept = () => server.runtime.database.db.all(sql`select uid from revocations`);
    expect(kept()).toEqual([{ uid: bela.uid }]);
    await vi.advanceTimersByTimeAsync(5_100);
    expect(hub.isTaken(room, bela.uid)).toBe(false);
    expect(kept()).toEqual([]);
  });
});

/** A body of which nothing comes until it is let go. */
function heldBody(text: string) {
  let send: () => void = () => undefined;
  let noteAwaited: () => void = () => undefined;
  const isAwaited = new Promise<void>((resolve) => {
    noteAwaited = resolve;
  });
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        noteAwaited();
        return new Promise<void>((resolve) => {
          send = () => {
            controller.enqueue(new TextEncoder().encode(text));
            controller.close();
            resolve();
          };
        });
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, isAwaited, send: () => send() };
}
