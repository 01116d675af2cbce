import * as v from "valibot";
import { readStored, writeStored } from "@/lib/browser-storage";
import { type RoomName, Uid } from "@/lib/contracts/identifiers";
import { WholeNumber } from "@/lib/contracts/whole-number";
import { logWarning } from "@/lib/log";

/** What a tab keeps of a room's chat, so that a reload loses nothing. */
const StoredChat = v.object({
  pending: v.array(
    v.object({
      clientId: v.string(),
      text: v.string(),
      writtenAt: v.number(),
      problem: v.nullable(v.string()),
    }),
  ),
  /** The newest message that was read; `null` before any. */
  readThrough: v.nullable(WholeNumber),
  /** Under which this person wrote. */
  ownUids: v.array(Uid),
});
export type StoredChat = v.InferOutput<typeof StoredChat>;

const EMPTY: StoredChat = { pending: [], readThrough: null, ownUids: [] };

const keyOf = (room: RoomName) => `mychat:chat:${room}`;

export function readChat(room: RoomName): StoredChat {
  const stored = readStored("tab", keyOf(room));
  if (stored === undefined) return EMPTY;
  try {
    const parsed = v.safeParse(StoredChat, JSON.parse(stored));
    return parsed.success ? parsed.output : EMPTY;
  } catch (error) {
    logWarning("The stored chat could not be read.", error);
    return EMPTY;
  }
}

export function storeChat(room: RoomName, chat: StoredChat): void {
  writeStored("tab", keyOf(room), JSON.stringify(chat));
}
