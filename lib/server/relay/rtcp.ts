import { type Arrival, parseTransportFeedback } from "./transport-feedback";

/** When a sender took a time stamp: its own clock, in the form of NTP. */
export interface SenderClock {
  ntpSeconds: number;
  ntpFraction: number;
  rtpTimestamp: number;
}

/** What a receiver has of one stream (RFC 3550 §6.4.1). */
export interface ReportBlock {
  ssrc: number;
  /** Of the packets since the last report, in 256ths. */
  fractionLost: number;
  totalLost: number;
  highestSequence: number;
  jitter: number;
  /** The middle 32 bits of the last sender report's NTP time, and how long ago it came in 65,536ths of a second. */
  lastSenderReport: number;
  delaySinceLast: number;
}

/** The packets that the relay understands. */
export type RtcpPacket =
  | { type: "sender-report"; ssrc: number; clock: SenderClock; reports: ReportBlock[] }
  | { type: "receiver-report"; reports: ReportBlock[] }
  | { type: "nack"; mediaSsrc: number; sequenceNumbers: number[] }
  | { type: "key-frame-request"; mediaSsrc: number }
  | { type: "arrivals"; arrivals: Arrival[] };

const PacketType = { senderReport: 200, receiverReport: 201, transportFeedback: 205, payloadFeedback: 206 };
const FeedbackFormat = { nack: 1, transportWide: 15, pictureLoss: 1, fullIntra: 4 };
const REPORT_BYTES = 24;
/** Any number will do that no stream has: feedback of the relay's own is from it. */
const RELAY_SSRC = 1;
const MAX_REPORTS = 31;

/**
 * Reads a compound packet (RFC 3550 §6.1, or a reduced one of RFC 5506). What is not understood is passed over; what is
 * malformed ends the reading.
 */
export function parseRtcp(compound: Buffer): RtcpPacket[] {
  const packets: RtcpPacket[] = [];
  let at = 0;
  while (at + 8 <= compound.length) {
    const first = compound.readUInt8(at);
    const end = at + 4 + compound.readUInt16BE(at + 2) * 4;
    if (first >> 6 !== 2 || end > compound.length) break;
    const packet = parseOne(compound.readUInt8(at + 1), first & 0x1f, compound.subarray(at, end));
    if (packet) packets.push(packet);
    at = end;
  }
  return packets;
}

function parseOne(type: number, count: number, packet: Buffer): RtcpPacket | undefined {
  switch (type) {
    case PacketType.senderReport:
      if (packet.length < 28) return undefined;
      return {
        type: "sender-report",
        ssrc: packet.readUInt32BE(4),
        clock: {
          ntpSeconds: packet.readUInt32BE(8),
          ntpFraction: packet.readUInt32BE(12),
          rtpTimestamp: packet.readUInt32BE(16),
        },
        reports: parseReports(packet.subarray(28), count),
      };
    case PacketType.receiverReport:
      return { type: "receiver-report", reports: parseReports(packet.subarray(8), count) };
    case PacketType.transportFeedback:
      return packet.length >= 12 ? parseTransportLayerFeedback(count, packet) : undefined;
    case PacketType.payloadFeedback:
      return packet.length >= 12 ? parsePayloadFeedback(count, packet) : undefined;
    default:
      return undefined;
  }
}

function parseReports(bytes: Buffer, count: number): ReportBlock[] {
  const reports: ReportBlock[] = [];
  for (let index = 0; index < count && (index + 1) * REPORT_BYTES <= bytes.length; index++) {
    const at = index * REPORT_BYTES;
    reports.push({
      ssrc: bytes.readUInt32BE(at),
      fractionLost: bytes.readUInt8(at + 4),
      totalLost: bytes.readIntBE(at + 5, 3),
      highestSequence: bytes.readUInt32BE(at + 8),
      jitter: bytes.readUInt32BE(at + 12),
      lastSenderReport: bytes.readUInt32BE(at + 16),
      delaySinceLast: bytes.readUInt32BE(at + 20),
    });
  }
  return reports;
}

function parseTransportLayerFeedback(format: number, packet: Buffer): RtcpPacket | undefined {
  if (format === FeedbackFormat.nack) return parseNack(packet);
  const arrivals = format === FeedbackFormat.transportWide ? parseTransportFeedback(packet.subarray(12)) : undefined;
  return arrivals && { type: "arrivals", arrivals };
}

/** RFC 4585 §6.2.1. */
function parseNack(packet: Buffer): RtcpPacket {
  const sequenceNumbers: number[] = [];
  for (let at = 12; at + 4 <= packet.length; at += 4) {
    const first = packet.readUInt16BE(at);
    const following = packet.readUInt16BE(at + 2);
    sequenceNumbers.push(first);
    for (let bit = 0; bit < 16; bit++) {
      if (following & (1 << bit)) sequenceNumbers.push((first + bit + 1) & 0xffff);
    }
  }
  return { type: "nack", mediaSsrc: packet.readUInt32BE(8), sequenceNumbers };
}

function parsePayloadFeedback(format: number, packet: Buffer): RtcpPacket | undefined {
  if (format === FeedbackFormat.pictureLoss) {
    return { type: "key-frame-request", mediaSsrc: packet.readUInt32BE(8) };
  }
  if (format === FeedbackFormat.fullIntra && packet.length >= 20) {
    return { type: "key-frame-request", mediaSsrc: packet.readUInt32BE(12) };
  }
  return undefined;
}

/** RFC 4585 §6.3.1. */
export function buildKeyFrameRequest(mediaSsrc: number): Buffer {
  return feedback(PacketType.payloadFeedback, FeedbackFormat.pictureLoss, mediaSsrc, Buffer.alloc(0));
}

/** @param sequenceNumbers not empty */
export function buildNack(mediaSsrc: number, sequenceNumbers: readonly number[]): Buffer {
  const entries: { first: number; following: number }[] = [];
  for (const sequence of sequenceNumbers) {
    const last = entries[entries.length - 1];
    const distance = last ? (sequence - last.first) & 0xffff : 0;
    if (last && distance >= 1 && distance <= 16) last.following |= 1 << (distance - 1);
    else entries.push({ first: sequence, following: 0 });
  }
  const body = Buffer.alloc(entries.length * 4);
  for (const [index, { first, following }] of entries.entries()) {
    body.writeUInt16BE(first, index * 4);
    body.writeUInt16BE(following, index * 4 + 2);
  }
  return feedback(PacketType.transportFeedback, FeedbackFormat.nack, mediaSsrc, body);
}

/** @param body whole words, as `TransportFeedback` makes it */
export function buildTransportFeedback(mediaSsrc: number, body: Buffer): Buffer {
  return feedback(PacketType.transportFeedback, FeedbackFormat.transportWide, mediaSsrc, body);
}

/** @returns as many packets as the reports need; one without any when there are none */
export function buildReceiverReports(reports: readonly ReportBlock[]): Buffer {
  const packets: Buffer[] = [];
  for (let start = 0; start === 0 || start < reports.length; start += MAX_REPORTS) {
    const part = reports.slice(start, start + MAX_REPORTS);
    const packet = header(PacketType.receiverReport, part.length, 8 + part.length * REPORT_BYTES);
    packet.writeUInt32BE(RELAY_SSRC, 4);
    for (const [index, report] of part.entries()) writeReport(packet, 8 + index * REPORT_BYTES, report);
    packets.push(packet);
  }
  return Buffer.concat(packets);
}

export function buildSenderReport(
  ssrc: number,
  { ntpSeconds, ntpFraction, rtpTimestamp }: SenderClock,
  sent: { packets: number; bytes: number },
): Buffer {
  const packet = header(PacketType.senderReport, 0, 28);
  const words = [ssrc, ntpSeconds, ntpFraction, rtpTimestamp, sent.packets >>> 0, sent.bytes >>> 0];
  for (const [index, word] of words.entries()) packet.writeUInt32BE(word, 4 + index * 4);
  return packet;
}

/** By which a report names the sender report that it is about (RFC 3550 §6.4.1). */
export function middleOf({ ntpSeconds, ntpFraction }: Pick<SenderClock, "ntpSeconds" | "ntpFraction">): number {
  return (((ntpSeconds & 0xffff) << 16) | (ntpFraction >>> 16)) >>> 0;
}

function writeReport(packet: Buffer, at: number, report: ReportBlock): void {
  packet.writeUInt32BE(report.ssrc, at);
  packet.writeUInt8(report.fractionLost, at + 4);
  packet.writeIntBE(report.totalLost, at + 5, 3);
  packet.writeUInt32BE(report.highestSequence, at + 8);
  packet.writeUInt32BE(report.jitter, at + 12);
  packet.writeUInt32BE(report.lastSenderReport, at + 16);
  packet.writeUInt32BE(report.delaySinceLast, at + 20);
}

function feedback(type: number, format: number, mediaSsrc: number, body: Buffer): Buffer {
  const packet = header(type, format, 12 + body.length);
  packet.writeUInt32BE(RELAY_SSRC, 4);
  packet.writeUInt32BE(mediaSsrc, 8);
  body.copy(packet, 12);
  return packet;
}

function header(type: number, count: number, length: number): Buffer {
  const packet = Buffer.alloc(length);
  packet.writeUInt8(0x80 | count, 0);
  packet.writeUInt8(type, 1);
  packet.writeUInt16BE(length / 4 - 1, 2);
  return packet;
}
