import type { OutgoingSignal } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import type { Room } from "./room";
import type { Seat } from "./seat";

/**
 * Passes a page's signals on, each at most once. One in the name of a screen that the page shares no more is dropped: it was
 * on its way when the share ended.
 *
 * @returns whom they were for and who is not here, or not as that page
 */
export function passOn(room: Room, sender: Seat, signals: readonly OutgoingSignal[], nowMs: number): Uid[] {
  const absent = new Set<Uid>();
  for (const { from = sender.uid, to, toInstance, seq, signal } of signals) {
    const addressee = room.pageOf(to);
    if (addressee?.instance !== toInstance) absent.add(to);
    else if (room.pageOf(from) === sender && !sender.hasSeen(seq)) {
      const data = { from, fromInstance: sender.instance, to, toInstance, seq, signal };
      room.publish({ type: "signal", data }, { to: "page", uid: addressee.uid, instance: toInstance }, nowMs);
    }
  }
  return [...absent];
}
