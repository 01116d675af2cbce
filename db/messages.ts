import "server-only";
import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { Db } from "./client";
import { prepared } from "./prepared";
import { messages } from "./schema";
import { hasEnded } from "./sessions";

export type MessageRow = typeof messages.$inferSelect;

interface NewMessage {
  room: RoomName;
  uid: Uid;
  clientId: string;
  name: string;
  text: string;
  sentAtMs: number;
}

/** Stores a message once. @returns the stored one, the first of that `clientId`, and whether it is new */
export function addMessage(db: Db, message: NewMessage): { row: MessageRow; created: boolean } {
  return db.transaction((tx) => {
    const created: MessageRow | undefined = tx.insert(messages).values(message).onConflictDoNothing().returning().get();
    if (created) return { row: created, created: true };
    const first = tx
      .select()
      .from(messages)
      .where(
        and(eq(messages.room, message.room), eq(messages.uid, message.uid), eq(messages.clientId, message.clientId)),
      )
      .get();
    if (!first) throw new Error("A message conflicts with none that is stored.");
    return { row: first, created: false };
  });
}

/** The room's last messages, oldest first. */
export function latestMessages(db: Db, room: RoomName, limit: number): MessageRow[] {
  const newestFirst = db.select().from(messages).where(eq(messages.room, room)).orderBy(desc(messages.id)).limit(limit);
  return newestFirst.all().reverse();
}

/** The room's messages that came last before the one with this id, oldest first. */
export function messagesBefore(db: Db, room: RoomName, id: number, limit: number): MessageRow[] {
  const newestFirst = db
    .select()
    .from(messages)
    .where(and(eq(messages.room, room), lt(messages.id, id)))
    .orderBy(desc(messages.id))
    .limit(limit);
  return newestFirst.all().reverse();
}

const deletingOfEnded = prepared((db) => {
  const isEnded = hasEnded(db, messages.room);
  return {
    all: db.delete(messages).where(isEnded).prepare(),
    ofRoom: db
      .delete(messages)
      .where(and(eq(messages.room, sql.placeholder("room")), isEnded))
      .prepare(),
  };
});

/** Deletes the messages of every room, or of one, whose session has ended. */
export function deleteMessagesOfEndedSessions(db: Db, room?: RoomName): void {
  const { all, ofRoom } = deletingOfEnded(db);
  if (room === undefined) all.run();
  else ofRoom.run({ room });
}
