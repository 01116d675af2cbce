import type { DirectedSignal, OutgoingSignal } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import type { Room } from "./room";
import type { Seat } from "./seat";

/**
 * Passes a page's signals on, each at most once, and keeps its standing offer. One in the name of a screen that the page shares no
 * more is dropped: it was on its way when the share ended.
 *
 * @returns whom they were for and who is not here, or not as that page
 */
export function passOn(room: Room, sender: Seat, signals: readonly OutgoingSignal[], nowMs: number): Uid[] {
  const absent = new Set<Uid>();
  for (const signal of signals) {
    if ("standing" in signal) {
      if (!sender.hasSeen(signal.seq)) sender.standingOffer = signal.signal === null ? undefined : signal;
      continue;
    }
    const addressee = room.pageOf(signal.to);
    if (addressee?.instance !== signal.toInstance) absent.add(signal.to);
    else if (room.pageOf(signal.from ?? sender.uid) === sender && !sender.hasSeen(signal.seq))
      pass(room, { sender, addressee, signal }, nowMs);
  }
  return [...absent];
}

interface Passage {
  sender: Seat;
  addressee: Seat;
  signal: DirectedSignal;
}

function pass(room: Room, { sender, addressee, signal: outgoing }: Passage, nowMs: number): void {
  const { from = sender.uid, to, toInstance, seq, signal, exchange } = outgoing;
  const standing = exchange === undefined ? undefined : takeStandingOffer(room, sender, addressee, outgoing);
  const there = { from, fromInstance: sender.instance, to, toInstance, seq, signal };
  const data = standing ? { ...there, exchangedFor: standing.standing } : there;
  room.publish({ type: "signal", data }, { to: "page", uid: addressee.uid, instance: toInstance }, nowMs);
  if (!standing || exchange === undefined) return;
  const back = { from: to, fromInstance: toInstance, to: from, toInstance: sender.instance };
  const given = { ...back, seq: standing.seq, signal: standing.signal, exchangedFor: exchange };
  room.publish({ type: "signal", data: given }, { to: "page", uid: sender.uid, instance: sender.instance }, nowMs);
}

/** It is one person's for one other, and for nobody whom it would not reach now: without it they are answered. */
function takeStandingOffer(room: Room, sender: Seat, addressee: Seat, { from = sender.uid, to }: DirectedSignal) {
  const isOfPeople = from === sender.uid && to === addressee.uid;
  if (!isOfPeople || room.streams.get(sender.uid)?.instance !== sender.instance) return undefined;
  const { standingOffer } = addressee;
  addressee.standingOffer = undefined;
  return standingOffer;
}
