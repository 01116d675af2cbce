/** An RTP packet, read (RFC 3550 §5.1). `payload` is a view, without the padding. */
export interface RtpPacket {
  payloadType: number;
  isMarked: boolean;
  sequenceNumber: number;
  timestamp: number;
  ssrc: number;
  extensions: readonly HeaderExtension[];
  payload: Buffer;
}

/** RFC 8285. */
export interface HeaderExtension {
  id: number;
  value: Buffer;
}

const FIXED_BYTES = 12;
const ONE_BYTE_PROFILE = 0xbede;
const TWO_BYTE_PROFILE = 0x1000;

/** @returns how many bytes come before the payload; `undefined` for what is no RTP packet */
export function rtpHeaderLength(packet: Buffer): number | undefined {
  const first = packet[0] ?? 0;
  if (packet.length < FIXED_BYTES || first >> 6 !== 2) return undefined;
  let length = FIXED_BYTES + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (packet.length < length + 4) return undefined;
    length += 4 + packet.readUInt16BE(length + 2) * 4;
  }
  return packet.length < length ? undefined : length;
}

/** RFC 5761 §4: which of the two it is that shares a port. */
export function isRtcp(packet: Buffer): boolean {
  const second = packet[1] ?? 0;
  return second >= 192 && second <= 223;
}

/** @returns `undefined` for what is no RTP packet */
export function parseRtp(packet: Buffer): RtpPacket | undefined {
  const headerLength = rtpHeaderLength(packet);
  if (headerLength === undefined) return undefined;
  const first = packet.readUInt8(0);
  const second = packet.readUInt8(1);
  const paddingBytes = first & 0x20 ? (packet[packet.length - 1] ?? 0) : 0;
  if (headerLength + paddingBytes > packet.length) return undefined;
  const extensionsAt = FIXED_BYTES + (first & 0x0f) * 4;
  return {
    payloadType: second & 0x7f,
    isMarked: (second & 0x80) !== 0,
    sequenceNumber: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    extensions: first & 0x10 ? parseExtensions(packet.subarray(extensionsAt, headerLength)) : [],
    payload: packet.subarray(headerLength, packet.length - paddingBytes),
  };
}

export function extensionOf({ extensions }: RtpPacket, id: number | undefined): Buffer | undefined {
  return extensions.find((extension) => extension.id === id)?.value;
}

/** Makes a packet, its extensions in their one-byte form: ids from 1 to 14, of 1 to 16 bytes. */
export function buildRtp({
  payloadType,
  isMarked,
  sequenceNumber,
  timestamp,
  ssrc,
  extensions,
  payload,
}: RtpPacket): Buffer {
  const extensionBytes = extensions.reduce((sum, { value }) => sum + 1 + value.length, 0);
  const extensionWords = Math.ceil(extensionBytes / 4);
  const headerLength = FIXED_BYTES + (extensions.length > 0 ? 4 + extensionWords * 4 : 0);
  const packet = Buffer.allocUnsafe(headerLength + payload.length);
  packet.fill(0, FIXED_BYTES, headerLength);
  packet[0] = 0x80 | (extensions.length > 0 ? 0x10 : 0);
  packet[1] = (isMarked ? 0x80 : 0) | payloadType;
  packet.writeUInt16BE(sequenceNumber, 2);
  packet.writeUInt32BE(timestamp, 4);
  packet.writeUInt32BE(ssrc, 8);
  if (extensions.length > 0) {
    packet.writeUInt16BE(ONE_BYTE_PROFILE, FIXED_BYTES);
    packet.writeUInt16BE(extensionWords, FIXED_BYTES + 2);
    let at = FIXED_BYTES + 4;
    for (const { id, value } of extensions) {
      packet[at] = (id << 4) | (value.length - 1);
      value.copy(packet, at + 1);
      at += 1 + value.length;
    }
  }
  payload.copy(packet, headerLength);
  return packet;
}

function parseExtensions(block: Buffer): HeaderExtension[] {
  const profile = block.readUInt16BE(0);
  const isOneByte = profile === ONE_BYTE_PROFILE;
  if (!isOneByte && (profile & 0xfff0) !== TWO_BYTE_PROFILE) return [];
  const extensions: HeaderExtension[] = [];
  let at = 4;
  while (at < block.length) {
    const byte = block.readUInt8(at);
    if (byte === 0) {
      at++;
      continue;
    }
    const id = isOneByte ? byte >> 4 : byte;
    // RFC 8285 §4.2: 15 ends the list.
    if ((isOneByte && id === 15) || (!isOneByte && at + 1 >= block.length)) break;
    const length = isOneByte ? (byte & 0x0f) + 1 : block.readUInt8(at + 1);
    const start = at + (isOneByte ? 1 : 2);
    if (start + length > block.length) break;
    extensions.push({ id, value: block.subarray(start, start + length) });
    at = start + length;
  }
  return extensions;
}
