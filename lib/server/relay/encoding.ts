import { BitrateMeter } from "./bitrate-meter";
import { LossDetector } from "./loss-detector";
import type { MediaKind } from "./offer";
import { Reception } from "./reception";
import type { SenderClock } from "./rtcp";
import { TemporalShares } from "./temporal-shares";

/** Nothing for so long: the publisher's browser has stopped it, for want of uplink or of anyone who wants it. */
const SILENT_MS = 700;

export const CLOCK_HZ = { audio: 48_000, video: 90_000 } as const;

/** One stream of a publisher: its sound, or one of the sizes that its picture is sent in. */
export class Encoding {
  readonly kind: MediaKind;
  /** Empty where there is one alone. */
  readonly rid: string;
  /** From the smallest. */
  readonly index: number;
  readonly ssrc: number;
  readonly meter = new BitrateMeter();
  readonly losses = new LossDetector();
  readonly reception: Reception;
  /** Of its picture, in pixels, when a key frame has told. */
  height: number | undefined;
  clock: SenderClock | undefined;
  readonly #temporal = new TemporalShares();
  #isAskDue = false;
  #hasFlowed = false;
  #usual: number | undefined;

  constructor(options: { kind: MediaKind; rid: string; index: number; ssrc: number }) {
    this.kind = options.kind;
    this.rid = options.rid;
    this.index = options.index;
    this.ssrc = options.ssrc;
    this.reception = new Reception(options.ssrc, CLOCK_HZ[options.kind]);
  }

  /** What it costs, also while it is not sent; `undefined` while that is not known. */
  usualBitsPerSecond(nowMs: number): number | undefined {
    if (this.isFlowing(nowMs)) {
      const now = this.meter.bitsPerSecond(nowMs);
      // One second is as uneven as its key frames: a step up is quickly believed, a step down slowly.
      const before = this.#usual ?? now;
      this.#usual = now > before ? before + (now - before) * 0.3 : before + (now - before) * 0.05;
    }
    return this.#usual;
  }

  isFlowing(nowMs: number): boolean {
    return this.#hasFlowed && this.meter.silentForMs(nowMs) < SILENT_MS;
  }

  noteFlow(bytes: number, nowMs: number): void {
    this.#hasFlowed = true;
    this.meter.add(bytes, nowMs);
  }

  noteTemporalLayer(layer: number, bytes: number): void {
    this.#temporal.add(layer, bytes);
  }

  /** What its frames up to each temporal layer cost, as shares of the whole. */
  get temporalShares(): number[] {
    return this.#temporal.upToEach;
  }

  askForKeyFrame(): void {
    this.#isAskDue = true;
  }

  /** A key frame came: whoever asked before it was sent has it. */
  noteKeyFrame(): void {
    this.#isAskDue = false;
  }

  /** @returns whether somebody has asked since the last one, and since this was called last */
  takeAsk(): boolean {
    const isDue = this.#isAskDue;
    this.#isAskDue = false;
    return isDue;
  }
}

/** A sender's clock in milliseconds, by its own count. */
export function clockMs({ ntpSeconds, ntpFraction }: SenderClock): number {
  return ntpSeconds * 1000 + (ntpFraction / 2 ** 32) * 1000;
}
