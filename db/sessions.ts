import "server-only";
import { and, eq, notInArray, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { Db } from "./client";
import { prepared } from "./prepared";
import { departures, members, sessions } from "./schema";

interface Session {
  hostUid: Uid | null;
  isLocked: boolean;
}

const reading = prepared((db) =>
  db
    .select()
    .from(sessions)
    .where(eq(sessions.room, sql.placeholder("room")))
    .prepare(),
);

/** @returns what the room's session has decided; `undefined` when there is none */
export function readSession(db: Db, room: RoomName): typeof sessions.$inferSelect | undefined {
  return reading(db).get({ room });
}

const writing = prepared((db) =>
  db
    .insert(sessions)
    .values({
      room: sql.placeholder("room"),
      hostUid: sql.placeholder("hostUid"),
      isLocked: sql.placeholder("isLocked"),
    })
    .onConflictDoUpdate({
      target: sessions.room,
      set: { hostUid: sql`excluded.host_uid`, isLocked: sql`excluded.is_locked` },
    })
    .prepare(),
);

export function writeSession(db: Db, room: RoomName, session: Session): void {
  writing(db).run({ room, ...session });
}

/** Of a room: it has no member, and no departure from it is remembered. */
export function hasEnded(db: Db, room: SQLiteColumn): SQL | undefined {
  return and(
    notInArray(room, db.select({ room: members.room }).from(members)),
    notInArray(room, db.select({ room: departures.room }).from(departures)),
  );
}

const deletingEnded = prepared((db) => {
  const isEnded = hasEnded(db, sessions.room);
  const name = { room: sessions.room };
  return {
    all: db.delete(sessions).where(isEnded).returning(name).prepare(),
    ofRoom: db
      .delete(sessions)
      .where(and(eq(sessions.room, sql.placeholder("room")), isEnded))
      .returning(name)
      .prepare(),
  };
});

/**
 * Deletes the sessions that have ended, of every room or of one.
 *
 * @returns the rooms' names
 */
export function deleteEndedSessions(db: Db, room?: RoomName): string[] {
  const { all, ofRoom } = deletingEnded(db);
  const deleted = room === undefined ? all.all() : ofRoom.all({ room });
  return deleted.map((session) => session.room);
}
