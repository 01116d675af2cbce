import type { StandingOffer } from "@/lib/contracts/http";
import type { Room } from "./room";
import type { Seat } from "./seat";

/**
 * Keeps what a page that is alone in its room offers to whoever comes first, in the place of any before, and tells those in the
 * lobby. The word of a page that has been replaced, or is alone no more, changes nothing.
 *
 * @param nowMs monotonic milliseconds
 */
export function leaveOffer(room: Room, seat: Seat, { instance, offer, onJoin }: StandingOffer, nowMs: number): void {
  if (seat.instance !== instance || room.seats.size > 1) return;
  seat.standingOffer = offer === null ? null : { offer, onJoin };
  room.publish({ type: "standing-offer", data: { uid: seat.uid, instance, offer } }, { to: "lobby" }, nowMs);
}

/** Nobody would hear an answer: the page has no stream just now. It leaves another when it is back. @param nowMs monotonic milliseconds */
export function withdrawOffer(room: Room, seat: Seat, nowMs: number): void {
  if (seat.standingOffer) leaveOffer(room, seat, { instance: seat.instance, offer: null, onJoin: null }, nowMs);
}

/**
 * Somebody comes: what was offered is theirs, or nobody's. Those in the lobby conclude it from their coming.
 *
 * @returns what gives them the signal that goes with it, when they are a member
 */
export function takeOffers(room: Room): Array<(newcomer: Seat, nowMs: number) => void> {
  return Array.from(room.seats.values()).flatMap((seat) => {
    const { standingOffer, uid: from, instance: fromInstance } = seat;
    if (!standingOffer) return [];
    seat.standingOffer = null;
    return ({ uid: to, instance: toInstance }: Seat, nowMs: number) => {
      const data = { from, fromInstance, to, toInstance, seq: 0, signal: standingOffer.onJoin };
      room.publish({ type: "signal", data }, { to: "page", uid: to, instance: toInstance }, nowMs);
    };
  });
}
