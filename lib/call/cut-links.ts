import type { Uid } from "@/lib/contracts/identifiers";
import type { UnreachablePeer } from "@/lib/contracts/members";

/** A link that is down for a moment, as when a laptop wakes, is no news for others. Milliseconds. */
const HOLD_MS = 3000;

/** Decides which links that are down the others are told of. */
export class CutLinks {
  readonly #down = new Map<Uid, { sinceMs: number; isTold: boolean }>();

  /**
   * @param down the links that are down now
   * @param nowMs by a clock that does not jump
   * @returns those that have been down for long enough
   */
  note(down: UnreachablePeer[], nowMs: number): UnreachablePeer[] {
    const uids = new Set(down.map(({ uid }) => uid));
    for (const uid of this.#down.keys()) {
      if (!uids.has(uid)) this.#down.delete(uid);
    }
    return down.filter(({ uid }) => {
      const spell = this.#down.get(uid) ?? { sinceMs: nowMs, isTold: false };
      this.#down.set(uid, spell);
      spell.isTold ||= nowMs - spell.sinceMs >= HOLD_MS;
      return spell.isTold;
    });
  }

  /** Nothing is known of anyone just now: what is not told yet begins anew. */
  pause(): void {
    for (const [uid, { isTold }] of this.#down) {
      if (!isTold) this.#down.delete(uid);
    }
  }
}
