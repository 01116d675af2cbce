import * as v from "valibot";
import { readStored, removeStored, writeStored } from "@/lib/browser-storage";
import { type RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";
import { wait } from "./back-off";

/** What a tab keeps of its seat, so that a reload is not leaving. */
const StoredSeat = v.object({
  uid: Uid,
  token: RtcToken,
  name: v.string(),
  microphoneOn: v.boolean(),
  cameraOn: v.boolean(),
});
export type StoredSeat = v.InferOutput<typeof StoredSeat>;

const seatKey = (room: RoomName) => `mychat:seat:${room}`;

/** Where a reload's old page may still hold the lock of its seat. Milliseconds. */
const LOCK_RETRY_MS = 1000;
const LOCK_POLL_MS = 50;

/**
 * This tab's seat in a room, if its page was reloaded. Whoever comes to the room's link in any other way is asked first:
 * nobody should be in a call, with the camera on, without having said so.
 */
export function readSeat(room: RoomName): StoredSeat | undefined {
  const [navigation] = performance.getEntriesByType("navigation");
  if (navigation instanceof PerformanceNavigationTiming) {
    // The entry is the document's: one that was loaded as the lobby and went on to a room was not reloaded there.
    if (navigation.type !== "reload" || navigation.name !== window.location.href) return undefined;
  }
  const stored = readStored("tab", seatKey(room));
  if (stored === undefined) return undefined;
  try {
    const parsed = v.safeParse(StoredSeat, JSON.parse(stored));
    if (parsed.success) return parsed.output;
  } catch (error) {
    logWarning("The stored seat could not be read.", error);
  }
  forgetSeat(room);
  return undefined;
}

export function storeSeat(room: RoomName, seat: StoredSeat): void {
  writeStored("tab", seatKey(room), JSON.stringify(seat));
}

export function forgetSeat(room: RoomName): void {
  removeStored("tab", seatKey(room));
}

/**
 * Takes the seat's Web Lock, which one tab at a time can hold: `sessionStorage` is copied into a duplicated tab, and two
 * tabs must not be one member. A reload's old page may hold it for a moment more, hence the retries.
 *
 * @returns what releases it, or `undefined` when another tab has it
 */
export async function lockSeat(room: RoomName, uid: Uid, signal: AbortSignal): Promise<(() => void) | undefined> {
  // Only a secure context has locks; without them there is no camera either.
  if (!navigator.locks) return () => undefined;
  const deadlineMs = performance.now() + LOCK_RETRY_MS;
  while (!signal.aborted) {
    const release = await tryLock(`mychat:${room}:${uid}`);
    if (release) return release;
    if (performance.now() > deadlineMs) return undefined;
    await wait(LOCK_POLL_MS, signal);
  }
  return undefined;
}

function tryLock(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
