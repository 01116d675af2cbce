import "server-only";
import { inflateSync } from "node:zlib";

/** An AccessToken2 with one RTC service, read but not believed: nothing here is checked against a signature. */
export interface ReadToken {
  appId: string;
  /** Unix seconds. */
  issuedAtSeconds: number;
  /** From the issue. */
  expireSeconds: number;
  salt: number;
  /** Privilege → seconds from the issue. */
  privileges: ReadonlyMap<number, number>;
  room: string;
  uid: string;
}

// Ours have about 200 characters; a name of 64 bytes and a full set of privileges inflate to about 250 bytes.
const MAX_TOKEN_LENGTH = 1_024;
const MAX_CONTENT_BYTES = 1_024;
const SIGNATURE_BYTES = 32;
const RTC_SERVICE = 1;
const FORMAT = /^007[A-Za-z0-9+/]+={0,2}$/;

/** Reads little-endian fields, and throws a RangeError past the end. */
class ByteReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  uint16(): number {
    this.#position += 2;
    return this.#bytes.readUInt16LE(this.#position - 2);
  }

  uint32(): number {
    this.#position += 4;
    return this.#bytes.readUInt32LE(this.#position - 4);
  }

  bytes(): Buffer {
    const length = this.uint16();
    this.#position += length;
    if (this.#position > this.#bytes.length) throw new RangeError("The token is cut off.");
    return this.#bytes.subarray(this.#position - length, this.#position);
  }

  text(): string {
    return this.bytes().toString("latin1");
  }

  get isAtEnd(): boolean {
    return this.#position === this.#bytes.length;
  }
}

/**
 * Reads a token: `007`, then base64 of deflated fields, as `agora-token` writes them.
 *
 * @returns `undefined` when it is anything else, or too long
 */
export function readToken(token: string): ReadToken | undefined {
  if (token.length > MAX_TOKEN_LENGTH || !FORMAT.test(token)) return undefined;
  try {
    // Bounded: a kilobyte of deflate can hold a megabyte of zeros.
    const content = inflateSync(Buffer.from(token.slice(3), "base64"), { maxOutputLength: MAX_CONTENT_BYTES });
    return readContent(new ByteReader(content));
  } catch (error) {
    // zlib and the reader both say "this is no token" by throwing.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function readContent(reader: ByteReader): ReadToken | undefined {
  const signature = reader.bytes();
  const appId = reader.text();
  const issuedAtSeconds = reader.uint32();
  const expireSeconds = reader.uint32();
  const salt = reader.uint32();
  const serviceCount = reader.uint16();
  const service = reader.uint16();
  const privileges = new Map<number, number>();
  for (let left = reader.uint16(); left > 0; left--) privileges.set(reader.uint16(), reader.uint32());
  const room = reader.text();
  const uid = reader.text();
  const isOurs = signature.length === SIGNATURE_BYTES && serviceCount === 1 && service === RTC_SERVICE;
  if (!isOurs || !reader.isAtEnd) return undefined;
  return { appId, issuedAtSeconds, expireSeconds, salt, privileges, room, uid };
}
