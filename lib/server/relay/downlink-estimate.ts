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

/** Packets that are held up for so long are in a queue that sending less would shorten, … */
const QUEUE_MS = 250;
/** … or that is running over. */
const LONG_QUEUE_MS = 600;
/** The estimate comes down to the browser's word by so much at a time, by how sure it is that it must. */
const CUT = { some: 0.85, much: 0.5 } as const;
const CUT_EVERY_MS = 500;
/** For so long a report tells how things are. */
const FRESH_MS = 2_500;
/** The shortest way there and back is looked for anew: the network may be another one. */
const SHORTEST_OF_MS = 20_000;

/**
 * What a page's downlink bears, in bits a second: as its browser estimates it (goog-remb), and less where much of what was
 * sent is lost. Some loss is the network's own and does not go away by sending less.
 *
 * The browser's word upwards is believed. Downwards it is only where packets queue or are lost, too: a browser that is short of
 * processor takes its own lateness for the network's, and whatever little is received then for all that can be, so that
 * sending less makes it say less again.
 */
export class DownlinkEstimate {
  #bitsPerSecond = FIRST_GUESS;
  #said: number | undefined;
  #byLoss = HIGHEST;
  /** Of this stretch of time and of the one before it. */
  #shortestMs = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  #shortestSinceMs = Number.NEGATIVE_INFINITY;
  #queue = { ms: 0, atMs: Number.NEGATIVE_INFINITY };
  #loss = { rate: 0, atMs: Number.NEGATIVE_INFINITY };
  #cutAtMs = Number.NEGATIVE_INFINITY;

  /** The browser's word. */
  noteSaid(bitsPerSecond: number, nowMs: number): void {
    this.#said = bitsPerSecond;
    this.#bitsPerSecond = Math.max(this.#bitsPerSecond, bitsPerSecond);
    this.#cut(nowMs);
  }

  /** How long a packet took to the page and back. */
  noteRoundTrip(roundTripMs: number, nowMs: number): void {
    const [newer = 0, older = 0] = this.#shortestMs;
    if (nowMs - this.#shortestSinceMs > SHORTEST_OF_MS) {
      this.#shortestMs = [roundTripMs, newer];
      this.#shortestSinceMs = nowMs;
    } else {
      this.#shortestMs = [Math.min(newer, roundTripMs), older];
    }
    this.#queue = { ms: roundTripMs - Math.min(...this.#shortestMs), atMs: nowMs };
    this.#cut(nowMs);
  }

  /**
   * @param lost of the packets since the last report, 0 to 1
   * @param sentBitsPerSecond meanwhile
   */
  noteLoss(lost: number, sentBitsPerSecond: number, nowMs: number): void {
    this.#loss = { rate: lost, atMs: nowMs };
    if (lost > TOO_MUCH_LOSS) this.#byLoss = Math.min(this.#byLoss, sentBitsPerSecond) * (1 - 0.5 * lost);
    else if (lost < LITTLE_LOSS) this.#byLoss = this.#byLoss * RISE;
    this.#byLoss = Math.min(HIGHEST, Math.max(LOWEST, this.#byLoss));
    this.#cut(nowMs);
  }

  /** Whether it is more than a guess. */
  get isKnown(): boolean {
    return this.#said !== undefined;
  }

  get bitsPerSecond(): number {
    return Math.max(LOWEST, Math.min(this.#bitsPerSecond, this.#byLoss));
  }

  #cut(nowMs: number): void {
    const pressure = this.#pressure(nowMs);
    if (pressure === "none" || this.#said === undefined || nowMs - this.#cutAtMs < CUT_EVERY_MS) return;
    this.#cutAtMs = nowMs;
    this.#bitsPerSecond = Math.max(Math.min(this.#said, this.#bitsPerSecond), this.#bitsPerSecond * CUT[pressure]);
  }

  #pressure(nowMs: number): "none" | "some" | "much" {
    const queueMs = nowMs - this.#queue.atMs < FRESH_MS ? this.#queue.ms : 0;
    const loss = nowMs - this.#loss.atMs < FRESH_MS ? this.#loss.rate : 0;
    if (queueMs >= LONG_QUEUE_MS || loss > TOO_MUCH_LOSS) return "much";
    return queueMs >= QUEUE_MS || loss > LITTLE_LOSS ? "some" : "none";
  }
}
