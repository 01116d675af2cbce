import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RoomName, Uid } from "@/lib/contracts/identifiers";
import { DatabaseInUse, type OpenDatabase, openDatabase } from "./client";
import { installationKeys } from "./installation";
import { allMembers, forgetDepartures, hasDepartedSince, removeMember, seatMember } from "./members";
import { addMessage, deleteMessagesOfEndedSessions, latestMessages } from "./messages";
import { type DatabaseTrouble, databaseTrouble } from "./trouble";

const room = v.parse(RoomName, "MAIN");
const uid = (n: number) => v.parse(Uid, n);
let folder: string;
let path: string;
let opened: OpenDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mychat-db-"));
  path = join(folder, "made", "for", "it.db");
  opened = openDatabase(path);
  installationKeys(opened.db);
});
afterEach(() => {
  opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const message = { room, uid: uid(1), clientId: "a", name: "R", text: "hi", sentAtMs: 1 };

function troubleOfOpening(): DatabaseTrouble | undefined {
  try {
    openDatabase(path).close();
  } catch (error) {
    return databaseTrouble(error);
  }
  return undefined;
}

const seat = (n: number, name = "Rohit", maxMembers: number | null = null) =>
  seatMember(opened.db, { room, uid: uid(n), name, instance: randomUUID(), nowMs: n, maxMembers });

describe("the database", () => {
  it("is made with its folder, in WAL, with synchronous=NORMAL and a busy timeout of 5 s", () => {
    expect(existsSync(path)).toBe(true);
    const { $client } = opened.db as typeof opened.db & { $client: Sqlite.Database };
    expect($client.pragma("journal_mode", { simple: true })).toBe("wal");
    expect($client.pragma("synchronous", { simple: true })).toBe(1);
    expect($client.pragma("busy_timeout", { simple: true })).toBe(5_000);
  });

  it("belongs to one process: a second opening is refused with a sentence, until the first is closed", () => {
    expect(() => openDatabase(path)).toThrow(DatabaseInUse);
    expect(() => openDatabase(path)).toThrow(/in use by another running server.*DATABASE_PATH/);
    opened.close();
    opened = openDatabase(path);
  });

  it("can be read by others meanwhile", () => {
    seat(1);
    const reader = new Sqlite(path, { readonly: true });
    expect(reader.prepare("select name from members").all()).toEqual([{ name: "Rohit" }]);
    reader.close();
  });

  it.each([
    ["an online backup", (from: Sqlite.Database, to: string) => from.backup(to)],
    ["VACUUM INTO", (from: Sqlite.Database, to: string) => Promise.resolve(from.prepare("VACUUM INTO ?").run(to))],
  ])("is backed up by %s while the server writes, and the backup is one to start with", async (_how, backUp) => {
    seat(1);
    addMessage(opened.db, message);
    const other = new Sqlite(path);
    const copy = join(folder, "backup.db");
    const done = backUp(other, copy);
    addMessage(opened.db, { ...message, clientId: "meanwhile" });
    await done;
    other.close();
    const keys = installationKeys(opened.db);
    opened.close();
    opened = openDatabase(copy);
    expect(allMembers(opened.db)).toMatchObject([{ name: "Rohit" }]);
    expect(latestMessages(opened.db, room, 10)[0]?.text).toBe("hi");
    expect(installationKeys(opened.db)).toEqual(keys);
  });

  it("that is damaged in the middle is refused when it is opened, and one that is none at all too", () => {
    for (let n = 0; n < 200; n++) addMessage(opened.db, { ...message, clientId: `${n}`, text: "x".repeat(1_000) });
    opened.close();
    const bytes = readFileSync(path);
    const whole = Buffer.from(bytes);
    bytes.fill(0xff, 10 * 4_096, 20 * 4_096);
    writeFileSync(path, bytes);
    expect(troubleOfOpening()).toBe("damaged");
    writeFileSync(path, "This is no database at all. ".repeat(400));
    expect(troubleOfOpening()).toBe("damaged");
    writeFileSync(path, whole);
    opened = openDatabase(path);
    expect(latestMessages(opened.db, room, 1_000)).toHaveLength(200);
  });

  it("shows when it is checked that it has no room to grow", () => {
    const { $client } = opened.db as typeof opened.db & { $client: Sqlite.Database };
    expect(() => opened.check()).not.toThrow();
    $client.pragma("max_page_count = 1");
    expect(() => opened.check()).toThrow("database or disk is full");
    expect($client.inTransaction).toBe(false);
    $client.pragma("max_page_count = 1000000");
    expect(() => opened.check()).not.toThrow();
    expect(latestMessages(opened.db, v.parse(RoomName, "MAIN"), 10)).toEqual([]);
    expect($client.prepare("select count(*) as count from messages").get()).toEqual({ count: 0 });
  });

  it("keeps the installation's keys, made once", () => {
    const keys = installationKeys(opened.db);
    expect(keys.appId).toMatch(/^[0-9a-f]{32}$/);
    expect(keys.certificate).toMatch(/^[0-9a-f]{32}$/);
    opened.close();
    opened = openDatabase(path);
    expect(installationKeys(opened.db)).toEqual(keys);
    const { $client } = opened.db as typeof opened.db & { $client: Sqlite.Database };
    $client.pragma("query_only = 1");
    expect(installationKeys(opened.db)).toEqual(keys);
  });
});

describe("members", () => {
  it("are created once, then brought up to date, keeping when they joined", () => {
    expect(seat(1)).toMatchObject({ created: true, row: { name: "Rohit", joinedAtMs: 1 } });
    const again = seatMember(opened.db, { room, uid: uid(1), name: "Riya", instance: "i", nowMs: 9, maxMembers: null });
    expect(again).toMatchObject({ created: false, row: { name: "Riya", instance: "i", joinedAtMs: 1 } });
    expect(allMembers(opened.db)).toHaveLength(1);
  });

  it("fill a room up to its limit, and one who is in is never refused", () => {
    seat(1, "A", 2);
    seat(2, "B", 2);
    expect(seat(3, "C", 2)).toBeUndefined();
    expect(seat(1, "A again", 2)).toMatchObject({ created: false });
    removeMember(opened.db, room, uid(2), 5);
    expect(seat(3, "C", 2)).toMatchObject({ created: true });
  });

  it("are removed once, and the time of it is remembered for a while", () => {
    seat(1);
    expect(removeMember(opened.db, room, uid(1), 100)).toBe(true);
    expect(removeMember(opened.db, room, uid(1), 200)).toBe(false);
    expect(hasDepartedSince(opened.db, room, uid(1), 99)).toBe(true);
    expect(hasDepartedSince(opened.db, room, uid(1), 100)).toBe(false);
    forgetDepartures(opened.db, 100);
    expect(hasDepartedSince(opened.db, room, uid(1), 0)).toBe(false);
  });

  it.each(["'; DROP TABLE members; --", "\u202eevil", "👩‍👩‍👧", '"', "\\"])("may be called %s", (name) => {
    seat(1, name);
    expect(allMembers(opened.db)[0]?.name).toBe(name);
  });
});

describe("messages", () => {
  const say = (clientId: string, text = "hi") => addMessage(opened.db, { ...message, clientId, text });

  it("are stored once for a clientId", () => {
    const first = say("a");
    expect(first.created).toBe(true);
    expect(say("a", "other")).toEqual({ row: first.row, created: false });
    say("b", "second");
    expect(latestMessages(opened.db, room, 10).map(({ text }) => text)).toEqual(["hi", "second"]);
    expect(latestMessages(opened.db, room, 1).map(({ text }) => text)).toEqual(["second"]);
  });

  it("are deleted when nobody is in the room and no departure is remembered", () => {
    seat(1);
    say("a");
    const kept = () => {
      deleteMessagesOfEndedSessions(opened.db);
      return latestMessages(opened.db, room, 10).length;
    };
    expect(kept()).toBe(1);
    removeMember(opened.db, room, uid(1), 100);
    expect(kept()).toBe(1);
    forgetDepartures(opened.db, 100);
    expect(kept()).toBe(0);
  });
});
