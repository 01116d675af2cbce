import { createHmac, timingSafeEqual } from "node:crypto";
import { crc32 } from "./crc32";

/** RFC 8489 §5. */
const HEADER_BYTES = 20;
const MAGIC_COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const FINGERPRINT_MASK = 0x5354554e;
const INTEGRITY_BYTES = 20;

const Attribute = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  xorMappedAddress: 0x0020,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
} as const;

export interface StunAddress {
  address: string;
  port: number;
  family: "IPv4" | "IPv6";
}

/** A connectivity check (RFC 8445 §7.3), read but not yet believed: see `isSignedWith`. */
export interface BindingRequest {
  transactionId: Buffer;
  /** The receiver's fragment, a colon, the sender's. */
  username: string;
  /** The controlling end has chosen this path. */
  isNomination: boolean;
  /** The message up to its MESSAGE-INTEGRITY, and that. */
  signed: Buffer;
  integrity: Buffer;
}

/** RFC 7983: the first byte tells STUN from DTLS and SRTP. */
export function isStun(packet: Buffer): boolean {
  return packet.length >= HEADER_BYTES && (packet[0] ?? 255) < 4 && packet.readUInt32BE(4) === MAGIC_COOKIE;
}

/** @returns `undefined` for whatever is not a binding request with a user name and a signature */
export function parseBindingRequest(packet: Buffer): BindingRequest | undefined {
  if (!isStun(packet) || packet.readUInt16BE(0) !== BINDING_REQUEST) return undefined;
  if (packet.readUInt16BE(2) !== packet.length - HEADER_BYTES) return undefined;
  let username: string | undefined;
  let isNomination = false;
  let at = HEADER_BYTES;
  while (at + 4 <= packet.length) {
    const type = packet.readUInt16BE(at);
    const length = packet.readUInt16BE(at + 2);
    const value = packet.subarray(at + 4, at + 4 + length);
    if (value.length !== length) return undefined;
    if (type === Attribute.username) username = value.toString("utf8");
    else if (type === Attribute.useCandidate) isNomination = true;
    else if (type === Attribute.messageIntegrity) {
      // What follows it is not covered by it (RFC 8489 §14.5), and nothing but FINGERPRINT may.
      if (length !== INTEGRITY_BYTES || username === undefined) return undefined;
      const transactionId = Buffer.from(packet.subarray(8, HEADER_BYTES));
      return { transactionId, username, isNomination, signed: packet.subarray(0, at), integrity: value };
    }
    at += 4 + padded(length);
  }
  return undefined;
}

export function isSignedWith({ signed, integrity }: BindingRequest, password: string): boolean {
  return timingSafeEqual(signatureOf(signed, password), integrity);
}

/** The answer to a check: where it came from, signed with the password that the check was. */
export function bindingSuccess(
  { transactionId }: Pick<BindingRequest, "transactionId">,
  from: StunAddress,
  password: string,
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(BINDING_SUCCESS, 0);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  transactionId.copy(header, 8);
  const unsigned = Buffer.concat([header, attribute(Attribute.xorMappedAddress, xorAddress(from, header))]);
  const signature = attribute(Attribute.messageIntegrity, signatureOf(unsigned, password));
  const signed = withLength(Buffer.concat([unsigned, signature]), 8);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(signed) ^ FINGERPRINT_MASK) >>> 0);
  return Buffer.concat([signed, attribute(Attribute.fingerprint, fingerprint)]);
}

/** RFC 8489 §14.5: the length in the header counts the signature, but nothing after it. */
function signatureOf(signed: Buffer, password: string): Buffer {
  return createHmac("sha1", password)
    .update(withLength(Buffer.from(signed), 4 + INTEGRITY_BYTES))
    .digest();
}

/** Sets the header's length as if so many bytes more were in the message. */
function withLength(message: Buffer, more: number): Buffer {
  message.writeUInt16BE(message.length - HEADER_BYTES + more, 2);
  return message;
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + padded(value.length));
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

/** RFC 8489 §14.2: the cookie, and for IPv6 the transaction too, over the address. */
function xorAddress({ address, port, family }: StunAddress, header: Buffer): Buffer {
  const bytes = family === "IPv4" ? Buffer.from(address.split(".").map(Number)) : ipv6Bytes(address);
  const mask = header.subarray(4);
  const masked = Buffer.from(bytes.map((byte, index) => byte ^ (mask[index] ?? 0)));
  const start = Buffer.from([0, family === "IPv4" ? 1 : 2, 0, 0]);
  start.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2);
  return Buffer.concat([start, masked]);
}

/** RFC 4291 §2.2, with the zone of a link-local address left out. */
function ipv6Bytes(address: string): Buffer {
  const [bare = ""] = address.split("%");
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(bare);
  const text = dotted
    ? `${dotted[1]}${hex(Number(dotted[2]) * 256 + Number(dotted[3]))}:${hex(Number(dotted[4]) * 256 + Number(dotted[5]))}`
    : bare;
  const [before = "", after] = text.split("::");
  const head = before.split(":").filter(Boolean);
  const tail = (after ?? "").split(":").filter(Boolean);
  const middle = after === undefined ? [] : new Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  const bytes = Buffer.alloc(16);
  for (const [index, group] of [...head, ...middle, ...tail].slice(0, 8).entries()) {
    bytes.writeUInt16BE(Number.parseInt(group, 16) & 0xffff, index * 2);
  }
  return bytes;
}

function hex(value: number): string {
  return value.toString(16);
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
