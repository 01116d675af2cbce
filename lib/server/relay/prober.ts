/** After the estimate fell: at first so long, and twice as long each time that probing is followed by a fall. */
const FIRST_REST_MS = 3_000;
const LONGEST_REST_MS = 15_000;
/** A fall so soon after a probe was the probe's doing. */
const BLAME_MS = 5_000;
/** An estimate falls in steps. */
const ONE_FALL_MS = 2_000;
/** An estimate that has hardly risen meanwhile will not do so in the next second. */
const PROBE_MS = 10_000;
const A_RISE = 1.1;
const PAUSE_MS = 15_000;
/** A browser's estimate stays within one and a half times what it receives: by this much it is led upwards. */
const LEAD = 1.25;
/** Where no picture flows there is nothing to lead from: half of a small one is hardly too much for any downlink. */
const LEAST_GOAL = 60_000;

/**
 * Finds out whether a downlink bears more than what is sent over it: by padding on top, gently, and ever more seldom where
 * that made things worse.
 */
export class Prober {
  #restMs = FIRST_REST_MS;
  #probedAtMs = Number.NEGATIVE_INFINITY;
  #fellAtMs = Number.NEGATIVE_INFINITY;
  #owedBytes = 0;
  #beganAtMs = Number.NEGATIVE_INFINITY;
  #beganAt = 0;

  noteFall(nowMs: number): void {
    const isOneFall = nowMs - this.#fellAtMs < ONE_FALL_MS;
    this.#fellAtMs = nowMs;
    this.#beganAtMs = Number.NEGATIVE_INFINITY;
    if (isOneFall) return;
    const isItsDoing = nowMs - this.#probedAtMs < BLAME_MS;
    this.#restMs = isItsDoing ? Math.min(LONGEST_REST_MS, this.#restMs * 2) : FIRST_REST_MS;
    this.#owedBytes = 0;
  }

  /** Something larger is sent: a fall that follows is laid to it as to a probe. */
  noteRise(nowMs: number): void {
    this.#probedAtMs = nowMs;
  }

  /** Whether the last fall is long enough ago to use what the estimate has room for. */
  mayRise(nowMs: number): boolean {
    return nowMs - this.#fellAtMs >= FIRST_REST_MS;
  }

  /** Whether it is long enough ago to try for more than that. */
  mayProbe(nowMs: number): boolean {
    return nowMs - this.#fellAtMs >= this.#restMs;
  }

  /**
   * How many bytes of padding to send now.
   *
   * @param line of pictures, all in bits a second: what is sent, what is thought possible, and what is needed
   * @param passedMs since the last time
   */
  padding(line: { sent: number; estimate: number; needed: number }, passedMs: number, nowMs: number): number {
    if (line.needed <= line.estimate || !this.mayProbe(nowMs)) {
      this.#owedBytes = 0;
      this.#beganAtMs = Number.NEGATIVE_INFINITY;
      return 0;
    }
    // A browser that receives more than it estimates has not caught up yet.
    const goal = Math.min(Math.max(line.estimate * LEAD, line.sent * LEAD, LEAST_GOAL), line.needed);
    if (goal <= line.sent) return 0;
    const hasRisen = line.estimate > this.#beganAt * A_RISE;
    if (nowMs - this.#beganAtMs > PROBE_MS + (hasRisen ? 0 : PAUSE_MS)) {
      this.#beganAtMs = nowMs;
      this.#beganAt = line.estimate;
    }
    if (nowMs - this.#beganAtMs > PROBE_MS) return 0;
    this.#probedAtMs = nowMs;
    this.#owedBytes += ((goal - line.sent) / 8) * (passedMs / 1000);
    return Math.floor(this.#owedBytes);
  }

  /** Of what is owed, so much has been sent. */
  notePadded(bytes: number): void {
    this.#owedBytes = Math.max(0, this.#owedBytes - bytes);
  }
}
