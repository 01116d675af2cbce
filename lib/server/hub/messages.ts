import * as v from "valibot";
import type { Db } from "@/db/client";
import { latestMessages, type MessageRow } from "@/db/messages";
import { MESSAGES_PER_PAGE } from "@/lib/contracts/http";
import { type RoomName, Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage } from "@/lib/contracts/members";

/** The messages that a new member is greeted with, oldest first. */
export function messagesInWelcome(db: Db, room: RoomName): ChatMessage[] {
  return latestMessages(db, room, MESSAGES_PER_PAGE).map(toChatMessage);
}

export function toChatMessage({ id, uid, name, clientId, text, sentAtMs }: MessageRow): ChatMessage {
  return { id, uid: v.parse(Uid, uid), name, clientId, text, sentAt: sentAtMs };
}
