import type { Uid } from "@/lib/contracts/identifiers";
import type { Obstacle } from "@/lib/contracts/members";
import type { CallState } from "./call-store";

/** Two people whose media does not reach each other, by the word of either. */
export interface CutPair {
  /** The same for the same two. */
  key: string;
  /** Who says so, and whom they cannot reach. */
  from: Uid;
  to: Uid;
  obstacle: Obstacle;
}

/** What says most about the cause first: the two ends may see different parts of it. */
const TELLING: readonly Obstacle[] = [
  "relay-unreachable",
  "turn-refused",
  "turn-unreachable",
  "udp-blocked",
  "no-answer",
  "no-turn",
  "unknown",
];

/**
 * Every pair in the room that is cut. Only people whose pages the server has: of one who is reconnecting, or has not come
 * yet, that alone is said.
 */
export function cutPairs({ order, players }: Pick<CallState, "order" | "players">): CutPair[] {
  const pairs = new Map<string, CutPair>();
  const isHere = (uid: Uid) => players[uid]?.memberState === "connected";
  for (const from of order.filter(isHere)) {
    for (const { uid: to, obstacle } of players[from]?.unreachable ?? []) {
      if (!isHere(to)) continue;
      const key = [from, to].sort((one, other) => one - other).join("-");
      const known = pairs.get(key);
      if (known && TELLING.indexOf(known.obstacle) <= TELLING.indexOf(obstacle)) continue;
      pairs.set(key, { key, from, to, obstacle });
    }
  }
  return [...pairs.values()];
}

/**
 * The pairs that no tile of this page tells of: those of others, and that of this person and someone who says so while
 * their media comes in here.
 */
export function untoldPairs(state: Pick<CallState, "order" | "players">): CutPair[] {
  const isTold = (self: Uid, other: Uid) =>
    state.players[self]?.isLocal === true && state.players[other]?.link === "down";
  return cutPairs(state).filter(({ from, to }) => !(isTold(from, to) || isTold(to, from)));
}
