import { middleOf, type ReportBlock, type SenderClock } from "./rtcp";
import { unwrap } from "./sequence";

const DELAY_UNITS_PER_MS = 65.536;

/** What has come of one stream, for its sender to know (RFC 3550 §A.3, §A.8). */
export class Reception {
  readonly #ssrc: number;
  readonly #clockHz: number;
  #first: number | undefined;
  #highest = 0;
  #received = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  #jitter = 0;
  #lastTransit: number | undefined;
  #senderReport: { middle: number; atMs: number } | undefined;

  constructor(ssrc: number, clockHz: number) {
    this.#ssrc = ssrc;
    this.#clockHz = clockHz;
  }

  receive(sequenceNumber: number, timestamp: number, nowMs: number): void {
    this.#first ??= sequenceNumber;
    const number = this.#received === 0 ? sequenceNumber : unwrap(sequenceNumber, this.#highest);
    this.#highest = this.#received === 0 ? number : Math.max(number, this.#highest);
    this.#received++;
    const transit = (nowMs / 1000) * this.#clockHz - timestamp;
    if (this.#lastTransit !== undefined) {
      const change = Math.abs(transit - this.#lastTransit);
      // A change of some seconds is time stamps going round, or a stop.
      if (change < this.#clockHz * 5) this.#jitter += (change - this.#jitter) / 16;
    }
    this.#lastTransit = transit;
  }

  noteSenderReport(clock: SenderClock, nowMs: number): void {
    this.#senderReport = { middle: middleOf(clock), atMs: nowMs };
  }

  /** @returns `undefined` when nothing has come yet */
  report(nowMs: number): ReportBlock | undefined {
    if (this.#first === undefined) return undefined;
    const expected = this.#highest - this.#first + 1;
    const expectedNow = expected - this.#expectedBefore;
    const lostNow = expectedNow - (this.#received - this.#receivedBefore);
    this.#expectedBefore = expected;
    this.#receivedBefore = this.#received;
    return {
      ssrc: this.#ssrc,
      fractionLost: expectedNow > 0 && lostNow > 0 ? Math.min(255, Math.floor((lostNow * 256) / expectedNow)) : 0,
      totalLost: Math.max(-0x800000, Math.min(0x7fffff, expected - this.#received)),
      highestSequence: this.#highest >>> 0,
      jitter: Math.round(this.#jitter) >>> 0,
      lastSenderReport: this.#senderReport?.middle ?? 0,
      delaySinceLast: this.#senderReport ? Math.round((nowMs - this.#senderReport.atMs) * DELAY_UNITS_PER_MS) >>> 0 : 0,
    };
  }
}
