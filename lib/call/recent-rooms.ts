import { readStored, removeStored, writeStored } from "@/lib/browser-storage";
import type { RoomName } from "@/lib/contracts/identifiers";
import { typedRoomName } from "@/lib/contracts/names";
import { listen } from "@/lib/listen";

const KEY = "mychat:recent-rooms";
const MAX_ROOMS = 5;
const NONE: readonly RoomName[] = [];

const listeners = new Set<() => void>();
let parsed = { text: "", rooms: NONE };

/**
 * The rooms that this browser was in, the last one first, at most five.
 *
 * @returns the same array until they change, as React wants of a snapshot
 */
export function readRecentRooms(): readonly RoomName[] {
  const text = readStored("browser", KEY) ?? "";
  if (text !== parsed.text) parsed = { text, rooms: parseRooms(text) };
  return parsed.rooms;
}

export function storeRecentRoom(room: RoomName): void {
  store([room, ...readRecentRooms().filter((other) => other !== room)].slice(0, MAX_ROOMS));
}

export function forgetRecentRoom(room: RoomName): void {
  store(readRecentRooms().filter((other) => other !== room));
}

export function forgetRecentRooms(): void {
  store(NONE);
}

/**
 * Tells of every change, in this tab or another.
 *
 * @returns its own disposer
 */
export function onRecentRooms(listener: () => void): () => void {
  listeners.add(listener);
  const unlisten = listen(window, "storage", ({ key }) => {
    if (key === KEY || key === null) listener();
  });
  return () => {
    listeners.delete(listener);
    unlisten();
  };
}

/** Names have no spaces in them. One that an older version or a person wrote otherwise is left out. */
function parseRooms(text: string): readonly RoomName[] {
  return text.split(" ").flatMap((name) => typedRoomName(name).name ?? []);
}

function store(rooms: readonly RoomName[]): void {
  if (rooms.length > 0) writeStored("browser", KEY, rooms.join(" "));
  else removeStored("browser", KEY);
  for (const listener of listeners) listener();
}
