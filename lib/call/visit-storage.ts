import { readStored, writeStored } from "@/lib/browser-storage";
import type { RoomName } from "@/lib/contracts/identifiers";
import { typedRoomName } from "@/lib/contracts/names";

// What the lobby reads: it has no schemas, which weigh more than all of the rest of it.

const NAME_KEY = "mychat:name";
const LEFT_ROOM_KEY = "mychat:left-room";

/** The name last used in this browser; empty when there is none. */
export function readName(): string {
  return readStored("browser", NAME_KEY) ?? "";
}

export function storeName(name: string): void {
  writeStored("browser", NAME_KEY, name);
}

/** The room this tab left last, for `Rejoin`. */
export function readLeftRoom(): RoomName | undefined {
  return typedRoomName(readStored("tab", LEFT_ROOM_KEY) ?? "").name ?? undefined;
}

export function storeLeftRoom(room: RoomName): void {
  writeStored("tab", LEFT_ROOM_KEY, room);
}
