import "server-only";
import { and, eq, notInArray, sql } from "drizzle-orm";
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

/**
 * Deletes the sessions of every room, or of one, that has no member and from which no departure is remembered.
 *
 * @returns the rooms' names
 */
export function deleteEndedSessions(db: Db, room?: RoomName): string[] {
  return db
    .delete(sessions)
    .where(
      and(
        room && eq(sessions.room, room),
        notInArray(sessions.room, db.select({ room: members.room }).from(members)),
        notInArray(sessions.room, db.select({ room: departures.room }).from(departures)),
      ),
    )
    .returning({ room: sessions.room })
    .all()
    .map(({ room }) => room);
}
