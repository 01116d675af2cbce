import { createCipheriv, createDecipheriv } from "node:crypto";
import { ReplayWindow } from "./replay-window";
import { isGenuine, TAG_BYTES, xor } from "./srtp-context";
import type { SessionKey } from "./srtp-keys";

const ALGORITHM = "aes-128-gcm";
const HEADER_BYTES = 8;
const INDEX_BYTES = 4;
const IS_ENCRYPTED = 0x80000000;
const MAX_STREAMS = 64;

/** RFC 7714 §9: one index for all that is sent. */
export class SrtcpSender {
  readonly #session: SessionKey;
  #index = 0;

  constructor(session: SessionKey) {
    this.#session = session;
  }

  /** @param packet one or more RTCP packets */
  protect(packet: Buffer): Buffer {
    this.#index = (this.#index + 1) & 0x7fffffff;
    const header = packet.subarray(0, HEADER_BYTES);
    const trailer = Buffer.alloc(INDEX_BYTES);
    trailer.writeUInt32BE((IS_ENCRYPTED | this.#index) >>> 0);
    const vector = vectorOf(this.#session.salt, packet.readUInt32BE(4), this.#index);
    const cipher = createCipheriv(ALGORITHM, this.#session.key, vector);
    cipher.setAAD(Buffer.concat([header, trailer]));
    const encrypted = cipher.update(packet.subarray(HEADER_BYTES));
    cipher.final();
    return Buffer.concat([header, encrypted, cipher.getAuthTag(), trailer]);
  }
}

export class SrtcpReceiver {
  readonly #session: SessionKey;
  readonly #windows = new Map<number, ReplayWindow>();

  constructor(session: SessionKey) {
    this.#session = session;
  }

  /** @returns the RTCP packets in the clear; `undefined` for what is not genuine, or was there before */
  unprotect(packet: Buffer): Buffer | undefined {
    if (packet.length < HEADER_BYTES + TAG_BYTES + INDEX_BYTES) return undefined;
    const trailer = packet.subarray(packet.length - INDEX_BYTES);
    const word = trailer.readUInt32BE();
    // Without the bit it is signed alone, which nobody here has agreed to.
    if ((word & IS_ENCRYPTED) === 0) return undefined;
    const index = word & 0x7fffffff;
    const ssrc = packet.readUInt32BE(4);
    const window = this.#windows.get(ssrc) ?? new ReplayWindow();
    if (!window.isNew(index)) return undefined;
    const header = packet.subarray(0, HEADER_BYTES);
    const end = packet.length - INDEX_BYTES - TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, this.#session.key, vectorOf(this.#session.salt, ssrc, index));
    decipher.setAAD(Buffer.concat([header, trailer]));
    decipher.setAuthTag(packet.subarray(end, end + TAG_BYTES));
    const rest = decipher.update(packet.subarray(HEADER_BYTES, end));
    if (!isGenuine(decipher)) return undefined;
    if (!this.#windows.has(ssrc)) {
      if (this.#windows.size >= MAX_STREAMS) return undefined;
      this.#windows.set(ssrc, window);
    }
    window.add(index);
    return Buffer.concat([header, rest]);
  }
}

/** RFC 7714 §9.1. */
function vectorOf(salt: Buffer, ssrc: number, index: number): Buffer {
  const vector = Buffer.alloc(12);
  vector.writeUInt32BE(ssrc, 2);
  vector.writeUInt32BE(index, 8);
  return xor(vector, salt);
}
