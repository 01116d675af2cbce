import { modulo, unwrap } from "./sequence";

/** A gap of so many is no loss but a stop: a key frame mends it sooner. */
const MAX_GAP = 250;
const MAX_TRIES = 8;
const GIVE_UP_MS = 1_000;
/** The network may only have changed the order. */
const FIRST_WAIT_MS = 8;

interface Missing {
  sinceMs: number;
  askedAtMs: number;
  tries: number;
}

/** Which packets of a publisher's stream are missing, and when each is to be asked for (RFC 4585 §6.2.1). */
export class LossDetector {
  readonly #missing = new Map<number, Missing>();
  #highest: number | undefined;

  /** @returns whether it was not there yet, and is not so late that nobody waits for it */
  receive(sequenceNumber: number, nowMs: number): boolean {
    if (this.#highest === undefined) {
      this.#highest = sequenceNumber;
      return true;
    }
    const number = unwrap(sequenceNumber, this.#highest);
    const wasMissing = this.#missing.delete(number);
    if (number <= this.#highest) return wasMissing;
    if (number - this.#highest > MAX_GAP) this.#missing.clear();
    else {
      for (let skipped = this.#highest + 1; skipped < number; skipped++) {
        this.#missing.set(skipped, { sinceMs: nowMs, askedAtMs: Number.NEGATIVE_INFINITY, tries: 0 });
      }
    }
    this.#highest = number;
    return true;
  }

  /**
   * What is to be asked for now; it counts as asked for.
   *
   * @param roundTripMs how long an answer takes
   */
  due(nowMs: number, roundTripMs: number): number[] {
    const due: number[] = [];
    for (const [number, missing] of this.#missing) {
      if (nowMs - missing.sinceMs > GIVE_UP_MS || missing.tries >= MAX_TRIES) {
        this.#missing.delete(number);
        continue;
      }
      if (nowMs - missing.sinceMs < FIRST_WAIT_MS || nowMs - missing.askedAtMs < roundTripMs) continue;
      missing.askedAtMs = nowMs;
      missing.tries++;
      due.push(modulo(number));
    }
    return due;
  }
}
