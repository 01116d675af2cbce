import * as z from "zod/mini";
import { readStored, writeStored } from "@/lib/browser-storage";
import { type RoomName, Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";

/** What a tab keeps of a room's chat, so that a reload loses nothing. */
const StoredChat = z.object({
  pending: z.array(
    z.object({
      clientId: z.string(),
      text: z.string(),
      writtenAt: z.number(),
      problem: z.nullable(z.string()),
    }),
  ),
  /** The newest message that was read; `null` before any. */
  readThrough: z.nullable(z.int()),
  /** Under which this person wrote. */
  ownUids: z.array(Uid),
});
export type StoredChat = z.infer<typeof StoredChat>;

const EMPTY: StoredChat = { pending: [], readThrough: null, ownUids: [] };

const keyOf = (room: RoomName) => `mychat:chat:${room}`;

export function readChat(room: RoomName): StoredChat {
  const stored = readStored("tab", keyOf(room));
  if (stored === undefined) return EMPTY;
  try {
    const parsed = z.safeParse(StoredChat, JSON.parse(stored));
    return parsed.success ? parsed.data : EMPTY;
  } catch (error) {
    logWarning("The stored chat could not be read.", error);
    return EMPTY;
  }
}

export function storeChat(room: RoomName, chat: StoredChat): void {
  writeStored("tab", keyOf(room), JSON.stringify(chat));
}
