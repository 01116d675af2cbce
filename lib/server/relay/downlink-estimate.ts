/** Before the page has said anything: enough for a small picture of everyone in a small call. */
const FIRST_GUESS = 1_000_000;
/** Sound alone needs as much. */
const LOWEST = 30_000;
const HIGHEST = 100_000_000;
/** As in Google's congestion control (draft-ietf-rmcat-gcc §6): a tenth lost is too much, a fiftieth is nothing. */
const TOO_MUCH_LOSS = 0.1;
const LITTLE_LOSS = 0.02;
/** Faster than there, for the browser's own estimate holds it back. */
const RISE = 1.2;

/** A queue that holds packets up for longer than this is one that sending less would shorten. */
const QUEUE_MS = 120;
/** For so long a report tells how things are. */
const FRESH_MS = 2_500;

/**
 * What a page's downlink bears, in bits a second: as its browser estimates it (goog-remb), and less where much of what was
 * sent is lost. Some loss is the network's own and does not go away by sending less.
 *
 * A browser that is short of processor takes its own lateness for the network's and says too little. So what flows already
 * is believed to have room for as long as packets neither take longer than they did at best nor are lost.
 */
export class DownlinkEstimate {
  #said: number | undefined;
  #byLoss = HIGHEST;
  #shortestMs = Number.POSITIVE_INFINITY;
  #health: { isGood: boolean; atMs: number } | undefined;
  #proven = 0;

  /**
   * The browser's word.
   *
   * @param sentBitsPerSecond by then
   */
  noteSaid(bitsPerSecond: number, sentBitsPerSecond: number, nowMs: number): void {
    this.#said = bitsPerSecond;
    const isHealthy = this.#health?.isGood === true && nowMs - this.#health.atMs < FRESH_MS;
    this.#proven = isHealthy ? sentBitsPerSecond : 0;
  }

  /** How long a packet took to the page and back. */
  noteRoundTrip(roundTripMs: number, nowMs: number): void {
    this.#shortestMs = Math.min(this.#shortestMs, roundTripMs);
    this.#health = { isGood: roundTripMs < this.#shortestMs + QUEUE_MS, atMs: nowMs };
    if (!this.#health.isGood) this.#proven = 0;
  }

  /**
   * @param lost of the packets since the last report, 0 to 1
   * @param sentBitsPerSecond meanwhile
   */
  noteLoss(lost: number, sentBitsPerSecond: number): void {
    if (lost > LITTLE_LOSS) this.#proven = 0;
    if (lost > TOO_MUCH_LOSS) this.#byLoss = Math.min(this.#byLoss, sentBitsPerSecond) * (1 - 0.5 * lost);
    else if (lost < LITTLE_LOSS) this.#byLoss = this.#byLoss * RISE;
    this.#byLoss = Math.min(HIGHEST, Math.max(LOWEST, this.#byLoss));
  }

  /** Whether it is more than a guess. */
  get isKnown(): boolean {
    return this.#said !== undefined;
  }

  get bitsPerSecond(): number {
    return Math.max(LOWEST, Math.min(Math.max(this.#said ?? FIRST_GUESS, this.#proven), this.#byLoss));
  }
}
