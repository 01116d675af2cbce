import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MessageList } from "@/lib/contracts/http";
import { refusal, TestServer } from "./test-server";

let server: TestServer;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "Date", "performance"] });
  server = new TestServer();
});
afterEach(() => {
  server.stop();
  vi.useRealTimers();
});

const HAND = "/api/members/hand";
const REACTIONS = "/api/rooms/:room/reactions";
const MESSAGES = "/api/rooms/:room/messages";

type Person = Awaited<ReturnType<TestServer["enter"]>>;

const raise = (person: Person, isRaised = true) => person.call("POST", HAND, { body: { isRaised } });

async function hands(person: Person): Promise<string[]> {
  const raised = (await person.roster()).filter((member) => member.handRaisedAt !== null);
  return raised.sort((one, other) => (one.handRaisedAt ?? 0) - (other.handRaisedAt ?? 0)).map(({ name }) => name);
}

describe("hands", () => {
  it("keep the order in which they were raised, also within one millisecond and by a clock that was set back", async () => {
    const [rohit, riya, meera] = [await server.enter("Rohit"), await server.enter("Riya"), await server.enter("Meera")];
    expect((await raise(meera)).status).toBe(204);
    await raise(rohit);
    vi.setSystemTime(Date.now() - 60_000);
    await raise(riya);
    expect(await hands(rohit)).toEqual(["Meera", "Rohit", "Riya"]);
  });

  it("are told to everyone once, keep their place when raised again, and lose it when lowered", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const watcher = await server.arrive();
    await watcher.open();
    await rohit.received();
    await raise(rohit);
    await raise(rohit);
    await raise(riya);
    await raise(rohit, false);
    await raise(rohit, false);
    await raise(rohit);
    const updated = (uid: number, handRaisedAt: unknown) => ({ type: "member-updated", data: { uid, handRaisedAt } });
    expect(await rohit.received()).toMatchObject([
      updated(rohit.uid, expect.any(Number)),
      updated(riya.uid, expect.any(Number)),
      updated(rohit.uid, null),
      updated(rohit.uid, expect.any(Number)),
    ]);
    expect(await watcher.received()).toHaveLength(5);
    expect(await hands(rohit)).toEqual(["Riya", "Rohit"]);
  });

  it("stay up over a reload, a lost stream and a restart of the server, and go with their person", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await raise(rohit);
    await raise(riya);
    rohit.reload();
    await rohit.open();
    await rohit.join("Rohit");
    expect(await hands(riya)).toEqual(["Rohit", "Riya"]);
    server.restart();
    await riya.open();
    expect(await hands(riya)).toEqual(["Rohit", "Riya"]);
    await rohit.call("DELETE", "/api/members");
    await rohit.join("Rohit");
    expect(await hands(riya)).toEqual(["Riya"]);
  });

  it("of others are lowered by the host alone, and raised by nobody but their own person", async () => {
    const host = await server.enter("Host");
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await raise(riya);
    for (const isRaised of [true, false]) {
      const answer = await rohit.call("POST", HAND, { body: { isRaised, uid: riya.uid } });
      expect(refusal(answer)).toMatchObject({ status: 403, code: "not_host" });
    }
    const own = await riya.call("POST", HAND, { body: { isRaised: false, uid: riya.uid } });
    expect(own.status).toBe(204);
    await raise(riya);
    const set = (isRaised: boolean, uid: number) => host.call("POST", HAND, { body: { isRaised, uid } });
    expect(refusal(await set(true, rohit.uid))).toMatchObject({ status: 403, code: "not_host" });
    expect((await set(false, riya.uid)).status).toBe(204);
    expect(await hands(host)).toEqual([]);
    expect(refusal(await set(false, 4_294_967_295))).toMatchObject({ status: 404 });
  });

  it("are not raised or lowered from the lobby, by who has left, or from another room", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await raise(riya);
    const lobby = await server.arrive();
    expect(refusal(await raise(lobby))).toMatchObject({ status: 403, code: "not_a_member" });
    await rohit.call("DELETE", "/api/members");
    expect(refusal(await raise(rohit))).toMatchObject({ status: 403, code: "not_a_member" });
    const stranger = await server.enter("Stranger", "OTHER");
    const across = await stranger.call("POST", HAND, { body: { isRaised: false, uid: riya.uid } });
    expect(refusal(across)).toMatchObject({ status: 404 });
    expect(await hands(riya)).toEqual(["Riya"]);
  });

  it.each([[{}], [{ isRaised: "yes" }], [{ isRaised: true, uid: 0 }]])("%j is refused", async (body) => {
    const rohit = await server.enter("Rohit");
    expect((await rohit.call("POST", HAND, { body })).status).toBe(400);
  });
});

describe("reactions", () => {
  const react = (person: Person, reaction = "🎉") => person.call("POST", REACTIONS, { body: { reaction } });

  it("are shown to every member, the one who reacts too, and to nobody in the lobby or another room", async () => {
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const stranger = await server.enter("Stranger", "OTHER");
    const watcher = await server.arrive();
    await watcher.open();
    for (const person of [rohit, stranger, watcher]) await person.received();
    expect((await react(riya)).status).toBe(204);
    const event = { type: "reaction", data: { uid: riya.uid, reaction: "🎉" } };
    expect(await rohit.received()).toEqual([event]);
    expect(await riya.received()).toEqual([event]);
    expect(await watcher.received()).toEqual([]);
    expect(await stranger.received()).toEqual([]);
  });

  it("are of a closed set, of members, and of the token's room", async () => {
    const rohit = await server.enter("Rohit");
    for (const reaction of ["💩", "<b>", "", "👍👍"])
      expect(refusal(await react(rohit, reaction))).toMatchObject({ status: 400 });
    const elsewhere = await rohit.call("POST", "/api/rooms/OTHER/reactions", { body: { reaction: "🎉" } });
    expect(refusal(elsewhere)).toMatchObject({ status: 403, code: "wrong_room" });
    expect(refusal(await react(await server.arrive()))).toMatchObject({ status: 403, code: "not_a_member" });
  });

  it("of 200 in a second come ten, and the sender is told when to go on", async () => {
    server.stop();
    server = new TestServer({ RATE_LIMITS: "on" });
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    await rohit.received();
    const answers = await Promise.all(Array.from({ length: 200 }, () => react(riya)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(10);
    const [refused] = answers.filter(({ status }) => status === 429);
    expect(refused && refusal(refused)).toEqual({
      status: 429,
      code: "rate_limited",
      message: "Slow down a little: try again in 5 seconds.",
    });
    expect(refused?.headers.get("retry-after")).toBe("5");
    expect(await rohit.received()).toHaveLength(10);
    // Another's are not touched by it, and after the pause it goes on.
    expect((await react(rohit)).status).toBe(204);
    await vi.advanceTimersByTimeAsync(5_100);
    expect((await react(riya)).status).toBe(204);
  });
});

describe("messages", () => {
  const write = (person: Person, text: string) => person.call("POST", MESSAGES, { body: { clientId: text, text } });

  it("older than those of the welcome come by their own call, oldest first and without a gap", async () => {
    const rohit = await server.enter("Rohit");
    const { room } = rohit.credentials;
    for (let n = 1; n <= 405; n++) server.runtime.hub.chat.say(room, rohit.uid, { clientId: String(n), text: `m${n}` });
    const riya = await server.enter("Riya");
    const older = async (before: number) =>
      v.parse(MessageList, (await riya.call("GET", `${MESSAGES}?before=${before}`)).body);
    await riya.open();
    const welcome = (await riya.received()).at(0);
    const messages = welcome?.type === "welcome" ? welcome.data.messages : [];
    expect([messages.length, messages[0]?.text, messages.at(-1)?.text]).toEqual([200, "m206", "m405"]);
    const second = await older(messages[0]?.id ?? 0);
    expect([second.length, second[0]?.text, second.at(-1)?.text]).toEqual([200, "m6", "m205"]);
    const third = await older(second[0]?.id ?? 0);
    expect(third.map(({ text }) => text)).toEqual(["m1", "m2", "m3", "m4", "m5"]);
    expect(await older(third[0]?.id ?? 0)).toEqual([]);
  });

  it("are read by members of their room alone", async () => {
    const rohit = await server.enter("Rohit");
    await write(rohit, "secret");
    const lobby = await server.arrive();
    const read = `${MESSAGES}?before=999`;
    expect(refusal(await lobby.call("GET", read))).toMatchObject({ status: 403, code: "not_a_member" });
    const stranger = await server.enter("Stranger", "OTHER");
    expect(await stranger.call("GET", read)).toMatchObject({ status: 200, body: [] });
    const across = await stranger.call("GET", "/api/rooms/MAIN/messages?before=999");
    expect(refusal(across)).toMatchObject({ status: 403, code: "wrong_room" });
    await rohit.call("DELETE", "/api/members");
    expect(refusal(await rohit.call("GET", read))).toMatchObject({ status: 403, code: "not_a_member" });
  });

  it.each(["", "?before=", "?before=x", "?before=-1"])("asked for by “%s” are refused", async (query) => {
    const rohit = await server.enter("Rohit");
    const answer = refusal(await rohit.call("GET", `${MESSAGES}${query}`));
    expect(answer).toMatchObject({ status: 400, message: "`before` must be a message's id." });
  });

  it("are limited by member: twenty in ten seconds", async () => {
    server.stop();
    server = new TestServer({ RATE_LIMITS: "on" });
    const rohit = await server.enter("Rohit");
    const riya = await server.enter("Riya");
    const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => write(rohit, `m${n}`)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.at(-1)?.headers.get("retry-after")).toBe("10");
    expect((await write(riya, "me, too")).status).toBe(201);
  });
});
