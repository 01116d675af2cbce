import type { Instance } from "@/lib/contracts/identifiers";
import type { UnreachablePeer } from "@/lib/contracts/members";
import type { Room } from "./room";
import type { Seat } from "./seat";

/**
 * Takes a page's word of whom it cannot reach, and tells everyone when it is news. What is said of those who are not in the
 * room is left out; the word of a page that has been replaced changes nothing.
 *
 * @param nowMs monotonic milliseconds
 */
export function noteUnreachable(
  room: Room,
  seat: Seat,
  { instance, said }: { instance: Instance; said: readonly UnreachablePeer[] },
  nowMs: number,
): void {
  if (seat.instance !== instance) return;
  const obstacles = new Map(said.map(({ uid, obstacle }) => [uid, obstacle]));
  obstacles.delete(seat.uid);
  const unreachable = Array.from(obstacles, ([uid, obstacle]) => ({ uid, obstacle })).filter(({ uid }) =>
    room.seats.has(uid),
  );
  if (JSON.stringify(unreachable) === JSON.stringify(seat.unreachable)) return;
  seat.unreachable = unreachable;
  room.publish({ type: "member-updated", data: seat.member }, { to: "room" }, nowMs);
}
