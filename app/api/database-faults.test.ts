import Sqlite from "better-sqlite3";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import type { RoomEvent } from "@/lib/contracts/events";
import { refusal, TestServer } from "./test-server";

/** Real faults of SQLite, in a call of two: what is said of them, what goes on, and that it heals by itself. */

type Person = Awaited<ReturnType<TestServer["enter"]>>;

// Some thousand calls, on a machine that may have others to do.
vi.setConfig({ testTimeout: 30_000 });

let server: TestServer;
let rohit: Person;
let riya: Person;
let warnings: MockInstance<typeof console.error>;
let notices: MockInstance<typeof console.log>;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "Date", "performance"] });
  warnings = vi.spyOn(console, "error").mockImplementation(() => undefined);
  notices = vi.spyOn(console, "log").mockImplementation(() => undefined);
  server = new TestServer();
  rohit = await server.enter("Rohit");
  riya = await server.enter("Riya");
  await rohit.received();
});
afterEach(() => {
  server.stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function pragma(text: string): unknown {
  const { $client } = server.runtime.database.db as typeof server.runtime.database.db & { $client: Sqlite.Database };
  return $client.pragma(text, { simple: true });
}
const say = (person: Person, text: string, clientId = text.slice(0, 40)) =>
  person.call("POST", "/api/rooms/:room/messages", { body: { clientId, text } });
const health = () => server.call("GET", "/api/health");
const LOST = `lost? ${"x".repeat(1_500)}`;
const withoutPings = (events: RoomEvent[]) => events.filter(({ type }) => type !== "ping");

/** A fault: how it comes, how it goes, and the word for it. */
const FAULTS: Record<string, { word: RegExp; begin: () => Promise<() => void> }> = {
  locked: {
    word: /another program holds it locked/,
    begin: async () => {
      // Waiting for it first, 5 s, has a test of its own.
      server.runtime.database.setPatience(false);
      const other = new Sqlite(server.runtime.settings.databasePath);
      other.exec("BEGIN IMMEDIATE");
      return () => void other.exec("ROLLBACK").close();
    },
  },
  full: {
    word: /there is no room left for it/,
    begin: async () => {
      pragma("max_page_count = 1");
      // What is free in the pages that there are.
      for (let n = 0; (await say(rohit, "x".repeat(1_500), `filler ${n}`)).status === 201; n++);
      await rohit.received();
      await riya.received();
      return () => void pragma("max_page_count = 1000000");
    },
  },
  "read-only": {
    word: /it may only be read/,
    begin: async () => {
      pragma("query_only = 1");
      return () => void pragma("query_only = 0");
    },
  },
};

describe.each(Object.entries(FAULTS))("a database that is %s", (name, { word, begin }) => {
  it("is said once in the log and in /api/health, and heals without a restart", async () => {
    const end = await begin();
    const refused = await say(rohit, LOST);
    expect(refusal(refused)).toMatchObject({ status: 503, code: "unavailable" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    for (let n = 0; n < 3; n++) {
      expect(refusal(await health())).toMatchObject({ status: 503, message: expect.stringMatching(word) });
      expect((await say(rohit, LOST)).status).toBe(503);
      await vi.advanceTimersByTimeAsync(1_100);
    }
    expect(warnings).toHaveBeenCalledTimes(1);
    expect(warnings.mock.calls[0]?.[0]).toMatch(/^\[mychat\] The database can't be written to: /);
    expect(warnings.mock.calls[0]?.[0]).toMatch(word);

    end();
    await vi.advanceTimersByTimeAsync(1_100);
    expect((await health()).status).toBe(200);
    expect(notices).toHaveBeenCalledExactlyOnceWith("[mychat] The database can be used again.");
    // What was refused was not stored: sent again, as pages do, it is there once.
    expect((await say(rohit, LOST)).status).toBe(201);
    expect((await say(rohit, LOST)).status).toBe(200);
    expect(withoutPings(await riya.received())).toMatchObject([{ type: "message", data: { text: LOST } }]);
  });

  it("does not end a call: signals, mute, hands, a lost stream and leaving go on", async () => {
    const end = await begin();
    expect((await say(rohit, LOST)).status).toBe(503);
    const startedAtMs = process.hrtime.bigint();
    const signal = { to: riya.uid, toInstance: riya.instance, seq: 0, signal: "hello" };
    expect((await rohit.call("POST", "/api/rooms/:room/signals", { body: { signals: [signal] } })).status).toBe(202);
    expect((await rohit.call("POST", "/api/members/mute", { body: { uid: riya.uid } })).status).toBe(204);
    expect((await riya.call("POST", "/api/members/hand", { body: { isRaised: true } })).status).toBe(204);
    expect((await rohit.call("PATCH", "/api/members", { body: { name: "R" } })).status).toBe(200);
    expect((await rohit.call("PATCH", "/api/rooms/:room", { body: { isLocked: true } })).status).toBe(200);
    expect(withoutPings(await riya.received()).map(({ type }) => type)).toEqual([
      "signal",
      "member-updated",
      "member-updated",
      "member-updated",
      "room-updated",
    ]);
    riya.drop();
    await riya.open();
    expect((await riya.received())[0]).toMatchObject({ type: "welcome", data: { self: { kind: "join" } } });
    await rohit.received();
    expect((await riya.call("DELETE", "/api/members")).status).toBe(204);
    expect(withoutPings(await rohit.received())).toMatchObject([{ type: "member-left", data: { uid: riya.uid } }]);
    // None of it has waited for the database.
    expect(Number(process.hrtime.bigint() - startedAtMs) / 1e6).toBeLessThan(1_000);

    end();
    await vi.advanceTimersByTimeAsync(1_100);
    server.restart();
    expect(await rohit.roster()).toMatchObject([{ name: "R" }]);
    const stranger = await server.arrive();
    const body = { name: "Stranger", instance: stranger.instance };
    expect(refusal(await stranger.call("POST", "/api/members", { body })).code).toBe("room_locked");
  });

  it("keeps who was removed out, also after it has healed and the server was restarted", async () => {
    const end = await begin();
    expect((await say(rohit, LOST)).status).toBe(503);
    expect((await rohit.call("POST", "/api/members/remove", { body: { uid: riya.uid } })).status).toBe(204);
    expect(refusal(await riya.call("GET", "/api/members")).code).toBe("removed");
    end();
    await vi.advanceTimersByTimeAsync(1_100);
    server.restart();
    expect(refusal(await riya.call("GET", "/api/members")).code).toBe("removed");
  });

  // In one that is full a person's row may still find room.
  it.runIf(name !== "full")(
    "lets nobody new in, says so, and does when it has healed",
    async () => {
      const end = await begin();
      expect((await say(rohit, LOST)).status).toBe(503);
      const late = await server.arrive();
      await late.open();
      const body = { name: "Late", instance: late.instance };
      expect(refusal(await late.call("POST", "/api/members", { body }))).toMatchObject({ status: 503 });
      expect(await rohit.roster()).toHaveLength(2);
      end();
      await vi.advanceTimersByTimeAsync(1_100);
      expect((await late.call("POST", "/api/members", { body })).status).toBe(201);
      expect(await rohit.roster()).toHaveLength(3);
    },
    20_000,
  );
});

it("a lock is waited for once, and while it lasts no more", async () => {
  const other = new Sqlite(server.runtime.settings.databasePath);
  other.exec("BEGIN IMMEDIATE");
  const startedAtMs = process.hrtime.bigint();
  const seconds = () => Number(process.hrtime.bigint() - startedAtMs) / 1e9;
  expect((await say(rohit, LOST)).status).toBe(503);
  const waitedSeconds = seconds();
  expect(waitedSeconds).toBeGreaterThan(4.5);
  for (let n = 0; n < 5; n++) {
    expect((await say(rohit, LOST)).status).toBe(503);
    expect((await health()).status).toBe(503);
    await vi.advanceTimersByTimeAsync(1_100);
    await rohit.pong();
    await riya.pong();
  }
  expect(seconds() - waitedSeconds).toBeLessThan(1);
  other.exec("ROLLBACK").close();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(pragma("busy_timeout")).toBe(5_000);
});

it("who is gone while the database is locked is no ghost, then or later", async () => {
  const end = await FAULTS.locked?.begin();
  riya.drop();
  for (let passed = 0; passed < 11_000; passed += 1_000) {
    await vi.advanceTimersByTimeAsync(1_000);
    await rohit.pong();
  }
  expect(await rohit.roster()).toMatchObject([{ name: "Rohit" }]);
  end?.();
  await vi.advanceTimersByTimeAsync(1_200);
  expect(server.runtime.database.db.all(sql`select name from members`)).toEqual([{ name: "Rohit" }]);
  // They come back: the row that is made now is not the one that was to be deleted.
  await riya.open();
  expect((await riya.join("Riya")).status).toBe(201);
  await vi.advanceTimersByTimeAsync(1_200);
  expect(server.runtime.database.db.all(sql`select name from members`)).toHaveLength(2);
});

it("a stream that can't be opened for what can't be read leaves no ghost and no place taken", async () => {
  const { streams } = server.runtime.hub.counts;
  riya.drop();
  server.runtime.database.db.run(sql`alter table messages rename to elsewhere`);
  const refused = await server.call("GET", `/api/rooms/MAIN/events?instance=${riya.instance}`, {
    token: riya.credentials.token,
  });
  expect(refused.status).toBe(503);
  expect(server.runtime.hub.counts.streams).toBe(streams - 1);
  expect(await rohit.roster()).toMatchObject([{ name: "Rohit" }, { name: "Riya", state: "reconnecting" }]);
  server.runtime.database.db.run(sql`alter table elsewhere rename to messages`);
  await vi.advanceTimersByTimeAsync(1_100);
  await riya.open();
  expect(await rohit.roster()).toMatchObject([{ name: "Rohit" }, { name: "Riya", state: "connected" }]);
});
