import { SentPackets } from "./sent-packets";
import type { Arrival } from "./transport-feedback";

/** Before the page has said anything: enough for a small picture of everyone in a small call. */
const FIRST_GUESS = 1_000_000;
/** Sound alone needs as much. */
const LOWEST = 30_000;
const HIGHEST = 100_000_000;

/** Packets that all come so much later than the fastest did are in a queue … */
const QUEUE_MS = 120;
/** … for as long as this: a page that is short of processor is late now and then, and no network is the cause of that. */
const QUEUE_FOR_MS = 150;
/** There is hardly one. */
const NO_QUEUE_MS = 50;
/** Of what came while there was a queue, the way bears all; by a little less the queue empties. */
const OF_RECEIVED = 0.85;
/** What was cut is seen at the other end after a way there and back. */
const CUT_EVERY_MS = 400;
/** As in Google's congestion control (draft-ietf-rmcat-gcc §5.5, §6). */
const RISE_A_SECOND = 1.08;
const MOST_OF_RECEIVED = 1.5;
/** Near to what was too much the last time it grows slowly, until that is well behind. */
const RISE_A_SECOND_AT_CEILING = 1.01;
const NEAR_CEILING = 0.9;
const ABOVE_CEILING = 1.3;
const TOO_MUCH_LOSS = 0.1;
const LITTLE_LOSS = 0.02;

/** What came is counted over as long. */
const RECEIVED_OVER_MS = 700;
/** Of fewer packets a twentieth that is lost now and then looks like a tenth. */
const LEAST_PACKETS = 150;
/** The fastest way is looked for anew: clocks run apart. */
const FASTEST_OF_MS = 20_000;
/** A queue is shorter by some of it when less has been sent for so long; what is not is another way, as after a change of networks. */
const SHORTER_AFTER_MS = 3_000;
const SHORTER_BY = 0.85;
/** Clocks jump when they go round. */
const A_JUMP_MS = 3_600_000;
const MOST_PASSED_MS = 1_000;

/**
 * What a page's downlink bears, in bits a second: from when each packet was sent and when it came, as the page tells several times
 * a second (transport-cc). Where packets queue it is a little less than what came meanwhile; where none do it grows, no further than
 * one and a half times what comes, since only what is sent shows what could be. Much loss makes it less, too; some loss is the
 * network's own and does not go away by sending less.
 */
export class DownlinkEstimate {
  readonly #sent = new SentPackets();
  #bitsPerSecond = FIRST_GUESS;
  #isKnown = false;
  /** Of what came, by the page's clock; the oldest first. */
  #received: { atMs: number; bytes: number }[] = [];
  #firstAtMs: number | undefined;
  /** From sending to arrival by two clocks, of this stretch of time and of the one before it: only differences tell anything. */
  #fastestMs = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  #fastestSinceMs = Number.NEGATIVE_INFINITY;
  /** What came the last time that packets queued. */
  #ceiling: number | undefined;
  #queueMs = 0;
  /** While packets queue: since when, how long the queue was at most, what has come of how much, and the estimate before. */
  #queue: { sinceMs: number; longestMs: number; packets: number; lost: number; estimateBefore: number } | undefined;
  #counted = { packets: 0, lost: 0 };
  #lossRate = 0;
  #cutAtMs = Number.NEGATIVE_INFINITY;
  #toldAtMs: number | undefined;

  /** The number of the packet that is sent next, for its header. */
  get nextSequence(): number {
    return this.#sent.nextSequence;
  }

  noteSent(bytes: number, nowMs: number): void {
    this.#sent.note(bytes, nowMs);
  }

  /** The page's word on what came and what did not. */
  noteArrivals(arrivals: readonly Arrival[], nowMs: number): void {
    let shortestMs = Number.POSITIVE_INFINITY;
    const before = { ...this.#counted };
    for (const { sequence, atMs } of arrivals) {
      const packet = this.#sent.take(sequence);
      if (!packet) continue;
      this.#counted.packets++;
      if (atMs === undefined) {
        this.#counted.lost++;
        continue;
      }
      this.#noteReceived(atMs, packet.bytes);
      shortestMs = Math.min(shortestMs, atMs - packet.atMs);
    }
    if (shortestMs === Number.POSITIVE_INFINITY) return;
    this.#isKnown = true;
    this.#noteWay(shortestMs, nowMs);
    if (this.#queue) {
      this.#queue.packets += this.#counted.packets - before.packets;
      this.#queue.lost += this.#counted.lost - before.lost;
    }
    this.#judge(nowMs);
  }

  /** Whether it is more than a guess. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  get bitsPerSecond(): number {
    return this.#bitsPerSecond;
  }

  #noteReceived(atMs: number, bytes: number): void {
    const newest = this.#received.at(-1)?.atMs ?? atMs;
    if (Math.abs(atMs - newest) > A_JUMP_MS) {
      this.#received = [];
      this.#firstAtMs = undefined;
    }
    this.#firstAtMs ??= atMs;
    this.#received.push({ atMs, bytes });
    const from = Math.max(atMs, newest) - RECEIVED_OVER_MS;
    while ((this.#received[0]?.atMs ?? atMs) < from) this.#received.shift();
  }

  /** @returns `undefined` while too little has come */
  get #receivedBitsPerSecond(): number | undefined {
    const newest = this.#received.at(-1)?.atMs;
    if (newest === undefined || newest - (this.#firstAtMs ?? newest) < RECEIVED_OVER_MS) return undefined;
    return (this.#received.reduce((sum, { bytes }) => sum + bytes, 0) * 8 * 1000) / RECEIVED_OVER_MS;
  }

  /** @param shortestMs of the packets that were told of together: what holds up one of them is no queue */
  #noteWay(shortestMs: number, nowMs: number): void {
    const [newer = shortestMs, older = shortestMs] = this.#fastestMs;
    if (Math.abs(shortestMs - newer) > A_JUMP_MS && newer !== Number.POSITIVE_INFINITY) {
      this.#fastestMs = [shortestMs, shortestMs];
    } else if (nowMs - this.#fastestSinceMs > FASTEST_OF_MS) {
      this.#fastestMs = [shortestMs, newer];
      this.#fastestSinceMs = nowMs;
    } else {
      this.#fastestMs = [Math.min(newer, shortestMs), older];
    }
    this.#queueMs = shortestMs - Math.min(...this.#fastestMs);
    if (this.#queueMs < QUEUE_MS) {
      this.#queue = undefined;
      return;
    }
    this.#queue ??= { sinceMs: nowMs, longestMs: 0, packets: 0, lost: 0, estimateBefore: this.#bitsPerSecond };
    const queue = this.#queue;
    queue.longestMs = Math.max(queue.longestMs, this.#queueMs);
    const isShorter = this.#queueMs < queue.longestMs * SHORTER_BY;
    // One that is full stays as long as it is; it loses what it has no room for.
    const isFull = queue.lost > queue.packets * TOO_MUCH_LOSS;
    if (nowMs - queue.sinceMs < SHORTER_AFTER_MS || isShorter || isFull) return;
    // Nothing was too much: what was cut is given back.
    this.#bitsPerSecond = queue.estimateBefore;
    this.#ceiling = undefined;
    this.#fastestMs = [shortestMs, shortestMs];
    this.#fastestSinceMs = nowMs;
    this.#queueMs = 0;
    this.#queue = undefined;
  }

  #judge(nowMs: number): void {
    const passedMs = Math.min(MOST_PASSED_MS, nowMs - (this.#toldAtMs ?? nowMs));
    this.#toldAtMs = nowMs;
    const hasNewLoss = this.#takeLoss();
    const received = this.#receivedBitsPerSecond;
    if (received === undefined) return;
    const isQueueing = this.#queue !== undefined && nowMs - this.#queue.sinceMs >= QUEUE_FOR_MS;
    if (isQueueing) {
      this.#ceiling = received;
      this.#cutTo(received * OF_RECEIVED, nowMs);
    } else if (hasNewLoss && this.#lossRate > TOO_MUCH_LOSS) {
      this.#cutTo(Math.min(received, this.#bitsPerSecond) * (1 - 0.5 * this.#lossRate), nowMs);
    } else if (this.#queueMs < NO_QUEUE_MS && this.#lossRate < LITTLE_LOSS) this.#rise(received, passedMs);
  }

  #cutTo(bitsPerSecond: number, nowMs: number): void {
    if (nowMs - this.#cutAtMs < CUT_EVERY_MS) return;
    this.#cutAtMs = nowMs;
    this.#bitsPerSecond = Math.max(LOWEST, Math.min(this.#bitsPerSecond, bitsPerSecond));
  }

  #rise(received: number, passedMs: number): void {
    const before = Math.max(received, this.#bitsPerSecond);
    if (this.#ceiling !== undefined && before > this.#ceiling * ABOVE_CEILING) this.#ceiling = undefined;
    const isNear = this.#ceiling !== undefined && before > this.#ceiling * NEAR_CEILING;
    const risen = this.#bitsPerSecond * (isNear ? RISE_A_SECOND_AT_CEILING : RISE_A_SECOND) ** (passedMs / 1000);
    const most = Math.max(this.#bitsPerSecond, received * MOST_OF_RECEIVED);
    this.#bitsPerSecond = Math.min(HIGHEST, Math.max(received, Math.min(risen, most)));
  }

  /** @returns whether there were packets enough for a word on loss */
  #takeLoss(): boolean {
    const { packets, lost } = this.#counted;
    if (packets < LEAST_PACKETS) return false;
    this.#counted = { packets: 0, lost: 0 };
    this.#lossRate = lost / packets;
    return true;
  }
}
