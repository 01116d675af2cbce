import { createCipheriv, createDecipheriv } from "node:crypto";
import { ReplayWindow } from "./replay-window";
import { rtpHeaderLength } from "./rtp-packet";
import type { SessionKey } from "./srtp-keys";

/** AEAD_AES_128_GCM (RFC 7714 §14.2). */
const ALGORITHM = "aes-128-gcm";
export const TAG_BYTES = 16;
const SEQUENCES = 2 ** 16;
/** What one peer may open; each has a window of its own. */
const MAX_STREAMS = 64;

/** Protects packets that are sent. Those of one SSRC may be protected a little out of order. */
export class SrtpSender {
  readonly #session: SessionKey;
  readonly #used = new Map<number, ReplayWindow>();

  constructor(session: SessionKey) {
    this.#session = session;
  }

  /**
   * @param packet a whole RTP packet in the clear; it stays as it is
   * @returns `undefined` for a number that was used: two packets under one would give the key away (RFC 7714 §8.1)
   */
  protect(packet: Buffer): Buffer | undefined {
    const headerLength = rtpHeaderLength(packet);
    if (headerLength === undefined) throw new Error("What is sent is no RTP packet.");
    const ssrc = packet.readUInt32BE(8);
    const sequence = packet.readUInt16BE(2);
    const used = this.#used.get(ssrc);
    const index = used ? indexOf(sequence, used.highest) : sequence;
    if (used && !used.isNew(index)) return undefined;
    const window = used ?? new ReplayWindow();
    window.add(index);
    if (!used) this.#used.set(ssrc, window);
    const header = packet.subarray(0, headerLength);
    const cipher = createCipheriv(ALGORITHM, this.#session.key, vectorOf(this.#session.salt, ssrc, index));
    cipher.setAAD(header);
    const encrypted = cipher.update(packet.subarray(headerLength));
    cipher.final();
    return Buffer.concat([header, encrypted, cipher.getAuthTag()]);
  }
}

/** Reads packets that are received: each once, and none that was not made by the one who has the key. */
export class SrtpReceiver {
  readonly #session: SessionKey;
  readonly #windows = new Map<number, ReplayWindow>();

  constructor(session: SessionKey) {
    this.#session = session;
  }

  /** @returns the RTP packet in the clear; `undefined` for one that is not genuine, or was there before */
  unprotect(packet: Buffer): Buffer | undefined {
    const headerLength = rtpHeaderLength(packet);
    if (headerLength === undefined || packet.length < headerLength + TAG_BYTES) return undefined;
    const ssrc = packet.readUInt32BE(8);
    const sequence = packet.readUInt16BE(2);
    const window = this.#windows.get(ssrc);
    if (window) return this.#open(packet, headerLength, ssrc, indexOf(sequence, window.highest), window);
    if (this.#windows.size >= MAX_STREAMS) return undefined;
    const first = new ReplayWindow();
    // A stream that starts near the end of its numbers may have lost what came before they went round.
    const opened =
      this.#open(packet, headerLength, ssrc, sequence, first) ??
      (sequence < SEQUENCES / 2 ? this.#open(packet, headerLength, ssrc, SEQUENCES + sequence, first) : undefined);
    if (opened) this.#windows.set(ssrc, first);
    return opened;
  }

  #open(packet: Buffer, headerLength: number, ssrc: number, index: number, window: ReplayWindow): Buffer | undefined {
    if (index < 0 || !window.isNew(index)) return undefined;
    const header = packet.subarray(0, headerLength);
    const end = packet.length - TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, this.#session.key, vectorOf(this.#session.salt, ssrc, index));
    decipher.setAAD(header);
    decipher.setAuthTag(packet.subarray(end));
    const payload = decipher.update(packet.subarray(headerLength, end));
    if (!isGenuine(decipher)) return undefined;
    window.add(index);
    return Buffer.concat([header, payload]);
  }
}

/** Node.js says by throwing that the tag is wrong: anybody can send such a packet, so it is no error here. */
export function isGenuine(decipher: { final(): Buffer }): boolean {
  try {
    decipher.final();
    return true;
  } catch {
    return false;
  }
}

/**
 * A packet's number with the rollovers before it (RFC 3711 §3.3.1): of all with this sequence number, the one nearest to the
 * highest so far. May be below 0, where there is none.
 */
function indexOf(sequence: number, highest: number): number {
  const difference = (sequence - highest) & (SEQUENCES - 1);
  return highest + (difference < SEQUENCES / 2 ? difference : difference - SEQUENCES);
}

/** RFC 7714 §8.1. */
function vectorOf(salt: Buffer, ssrc: number, index: number): Buffer {
  const vector = Buffer.alloc(12);
  vector.writeUInt32BE(ssrc, 2);
  vector.writeUIntBE(index, 6, 6);
  return xor(vector, salt);
}

export function xor(vector: Buffer, salt: Buffer): Buffer {
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) ^ (salt[at] ?? 0);
  return vector;
}
