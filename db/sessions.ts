import "server-only";
import { and, eq, notInArray } from "drizzle-orm";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { Db } from "./client";
import { departures, members, sessions } from "./schema";

interface Session {
  hostUid: Uid | null;
  isLocked: boolean;
}

/** @returns what the room's session has decided; `undefined` when there is none */
export function readSession(db: Db, room: RoomName): typeof sessions.$inferSelect | undefined {
  return db.select().from(sessions).where(eq(sessions.room, room)).get();
}

export function writeSession(db: Db, room: RoomName, session: Session): void {
  db.insert(sessions)
    .values({ room, ...session })
    .onConflictDoUpdate({ target: sessions.room, set: session })
    .run();
}

/**
 * Deletes the sessions of every room that has no member and from which no departure is remembered.
 *
 * @returns the rooms' names
 */
export function deleteEndedSessions(db: Db): string[] {
  return db
    .delete(sessions)
    .where(
      and(
        notInArray(sessions.room, db.select({ room: members.room }).from(members)),
        notInArray(sessions.room, db.select({ room: departures.room }).from(departures)),
      ),
    )
    .returning({ room: sessions.room })
    .all()
    .map(({ room }) => room);
}
