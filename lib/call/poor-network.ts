import type { UID } from "agora-rtc-react";

/** `NetworkQuality` of the SDK: 0 not known yet, 1 excellent, 2 good, 3 flawed, 4 poor, 5 barely usable, 6 down. */
const POOR = 4;
const DOWN = 6;

/** A network is called poor, and not poor any more, when it has been so for so long. Milliseconds. */
const HOLD_MS = 4000;

interface Spell {
  isBad: boolean;
  sinceMs: number;
  isPoor: boolean;
}

/** Tells whose network is poor, from grades that come every second or two; a single bad one is no news. */
export class PoorNetwork {
  readonly #spells = new Map<UID, Spell>();

  /**
   * @param grade the SDK's, 0 to 6; 0 and 6 say nothing about a poor network: not known, and none at all
   * @param nowMs by a clock that does not jump
   * @returns whether the person's network is to be called poor
   */
  note(uid: UID, grade: number, nowMs: number): boolean {
    const isBad = grade >= POOR && grade < DOWN;
    const spell = this.#spells.get(uid) ?? { isBad: false, sinceMs: nowMs, isPoor: false };
    this.#spells.set(uid, spell);
    if (isBad !== spell.isBad) Object.assign(spell, { isBad, sinceMs: nowMs });
    if (nowMs - spell.sinceMs >= HOLD_MS) spell.isPoor = isBad;
    return spell.isPoor;
  }

  forget(uid: UID): void {
    this.#spells.delete(uid);
  }
}
