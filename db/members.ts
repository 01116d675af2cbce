import "server-only";
import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { Db } from "./client";
import { prepared } from "./prepared";
import { departures, members } from "./schema";

export type MemberRow = typeof members.$inferSelect;

interface Seated {
  room: RoomName;
  uid: Uid;
  name: string;
  instance: string;
  nowMs: number;
  /** How many people the room holds; `null`: any number. Someone who is in already is never refused. */
  maxMembers: number | null;
}

const seating = prepared((db) => {
  const given = (field: keyof Seated) => sql`${sql.placeholder(field)}`;
  const [room, uid, maxMembers] = [given("room"), given("uid"), given("maxMembers")];
  const [name, instance] = [given("name"), given("instance")];
  return db
    .insert(members)
    .select(
      sql`select ${room}, ${uid}, ${name}, ${instance}, ${given("nowMs")}, 1, null, 0, null
        where ${maxMembers} is null
          or (select count(*) from ${members} where ${members.room} = ${room}) < ${maxMembers}
          or exists (select 1 from ${members} where ${members.room} = ${room} and ${members.uid} = ${uid})`,
    )
    .onConflictDoUpdate({
      target: [members.room, members.uid],
      set: { name, instance, revision: sql`${members.revision} + 1` },
    })
    .returning()
    .prepare();
});

/**
 * Gets or creates a member, in one statement: whoever calls at the same time, one of them creates.
 *
 * @returns the row, brought up to date, and whether it is new; `undefined` when the room is full
 */
export function seatMember(db: Db, seated: Seated): { row: MemberRow; created: boolean } | undefined {
  const row = seating(db).get({ ...seated });
  // Drizzle's type leaves out that a refused insert returns no row.
  const seatedRow: MemberRow | undefined = row;
  return seatedRow && { row: seatedRow, created: seatedRow.revision === 1 };
}

/** @returns the row as it was, with the new name; `undefined` when there is none */
export function renameMember(db: Db, room: RoomName, uid: Uid, name: string): MemberRow | undefined {
  return db
    .update(members)
    .set({ name, revision: sql`${members.revision} + 1` })
    .where(and(eq(members.room, room), eq(members.uid, uid)))
    .returning()
    .get();
}

/** @param handRaisedAtMs Unix milliseconds; `null`: lowered */
export function setHandRaisedAt(db: Db, room: RoomName, uid: Uid, handRaisedAtMs: number | null): void {
  db.update(members)
    .set({ handRaisedAtMs })
    .where(and(eq(members.room, room), eq(members.uid, uid)))
    .run();
}

const removing = prepared((db) => ({
  seat: db
    .delete(members)
    .where(and(eq(members.room, sql.placeholder("room")), eq(members.uid, sql.placeholder("uid"))))
    .prepare(),
  departure: db
    .insert(departures)
    .values({ room: sql.placeholder("room"), uid: sql.placeholder("uid"), leftAtMs: sql.placeholder("nowMs") })
    .onConflictDoUpdate({ target: [departures.room, departures.uid], set: { leftAtMs: sql`excluded.left_at_ms` } })
    .prepare(),
}));

/** Ends a member's seat and remembers when. @returns whether there was one */
export function removeMember(db: Db, room: RoomName, uid: Uid, nowMs: number): boolean {
  const { seat, departure } = removing(db);
  // On the one connection that there is, so they are part of the transaction.
  return db.transaction(() => {
    if (seat.run({ room, uid }).changes === 0) return false;
    departure.run({ room, uid, nowMs });
    return true;
  });
}

export function allMembers(db: Db): MemberRow[] {
  return db.select().from(members).orderBy(members.joinedAtMs).all();
}

/** Whether a member's seat ended after `sinceMs` (Unix milliseconds). */
export function hasDepartedSince(db: Db, room: RoomName, uid: Uid, sinceMs: number): boolean {
  return (
    db
      .select({ uid: departures.uid })
      .from(departures)
      .where(and(eq(departures.room, room), eq(departures.uid, uid), gt(departures.leftAtMs, sinceMs)))
      .get() !== undefined
  );
}

const forgetting = prepared((db) => {
  const isOver = lte(departures.leftAtMs, sql.placeholder("untilMs"));
  return {
    all: db.delete(departures).where(isOver).prepare(),
    ofRoom: db
      .delete(departures)
      .where(and(eq(departures.room, sql.placeholder("room")), isOver))
      .prepare(),
  };
});

/** Forgets the seats that ended at or before `untilMs` (Unix milliseconds), in all rooms or in one. */
export function forgetDepartures(db: Db, untilMs: number, room?: RoomName): void {
  const { all, ofRoom } = forgetting(db);
  if (room === undefined) all.run({ untilMs });
  else ofRoom.run({ untilMs, room });
}

/** Keeps whether a host has muted a member. */
export function setMutedByHost(db: Db, room: RoomName, uid: Uid, isMutedByHost: boolean): void {
  db.update(members)
    .set({ isMutedByHost })
    .where(and(eq(members.room, room), eq(members.uid, uid)))
    .run();
}

/** Keeps which uid publishes a member's screen; `null` while none does. */
export function setScreen(db: Db, room: RoomName, uid: Uid, screenUid: Uid | null): void {
  db.update(members)
    .set({ screenUid })
    .where(and(eq(members.room, room), eq(members.uid, uid)))
    .run();
}
