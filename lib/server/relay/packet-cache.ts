import { modulo } from "./sequence";

/** A power of two, so that a number's place does not jump when numbers go round. Some seconds of a picture. */
const SIZE = 512;
/** Longer ago, the picture has gone on without it. */
const MAX_AGE_MS = 2_000;

interface SentPacket {
  sequenceNumber: number;
  /** In the clear, with its header. */
  packet: Buffer;
  sentAtMs: number;
  repeatedAtMs: number;
}

/** What a subscriber was sent last, in case some of it was lost. */
export class PacketCache {
  readonly #slots: (SentPacket | undefined)[] = new Array<SentPacket | undefined>(SIZE);
  #newest: SentPacket | undefined;

  add(sequenceNumber: number, packet: Buffer, nowMs: number): void {
    const sent = { sequenceNumber, packet, sentAtMs: nowMs, repeatedAtMs: nowMs };
    this.#slots[modulo(sequenceNumber, SIZE)] = sent;
    this.#newest = sent;
  }

  /**
   * A packet to be sent once more, which is noted.
   *
   * @param againAfterMs one that was repeated less long ago may be on its way
   */
  repeat(sequenceNumber: number, nowMs: number, againAfterMs: number): Buffer | undefined {
    const sent = this.#slots[modulo(sequenceNumber, SIZE)];
    if (!sent || sent.sequenceNumber !== sequenceNumber || nowMs - sent.sentAtMs > MAX_AGE_MS) return undefined;
    if (sent.repeatedAtMs !== sent.sentAtMs && nowMs - sent.repeatedAtMs < againAfterMs) return undefined;
    sent.repeatedAtMs = Math.max(nowMs, sent.sentAtMs + 0.001);
    return sent.packet;
  }

  /** Whatever was sent last: what a probe of the network is made of. */
  get newest(): Buffer | undefined {
    return this.#newest?.packet;
  }

  clear(): void {
    this.#slots.fill(undefined);
    this.#newest = undefined;
  }
}
