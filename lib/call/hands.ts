import type { Uid } from "@/lib/contracts/identifiers";
import type { CallState } from "./call-store";

type People = Pick<CallState, "order" | "players">;

/** Whose hand is up, the first one first. */
export function raisedHands({ order, players }: People): Uid[] {
  const raisedAt = (uid: Uid) => players[uid]?.handRaisedAt ?? null;
  return order
    .filter((uid) => raisedAt(uid) !== null)
    .sort((one, other) => (raisedAt(one) ?? 0) - (raisedAt(other) ?? 0));
}

/** Which place a person's hand has, from 1; `null` while it is down. */
export function handPlaceOf(people: People, uid: Uid): number | null {
  const index = raisedHands(people).indexOf(uid);
  return index === -1 ? null : index + 1;
}

/** Everyone for a list: who wants to speak first, in their order, then the others by their coming. */
export function handsFirst(people: People): Uid[] {
  const hands = raisedHands(people);
  return [...hands, ...people.order.filter((uid) => !hands.includes(uid))];
}
