import type { MediaKind } from "./peer-signal";

export interface InboundFigures {
  bytes: number;
  packets: number;
  packetsLost: number;
  packetsDiscarded: number;
  jitterMs: number;
  /** Mean time in the jitter buffer. */
  delayMs: number;
  framesDecoded: number;
  framesPerSecond: number;
  width: number;
  height: number;
  freezeMs: number;
  codec: string;
}

export interface OutboundFigures {
  bytes: number;
  packets: number;
  /** As the receiver tells it, in RTCP. */
  packetsLost: number;
  jitterMs: number;
  roundTripMs: number;
  framesPerSecond: number;
  width: number;
  height: number;
  targetBitrate: number;
  /** Spent encoding, from the beginning on. */
  encodeMs: number;
  encodeMsPerFrame: number;
  codec: string;
  /** `qualityLimitationReason`. */
  limitedBy: string;
}

/** One reading of one connection. Counts are from its beginning. */
export interface LinkReading {
  atMs: number;
  roundTripMs: number;
  availableBitrate: number;
  /** How the chosen pair of addresses goes; `unknown` while there is none. */
  path: "direct" | "turn" | "unknown";
  /** Counts whatever comes in, STUN checks too: a link on which it stands still is silent. */
  pulse: number;
  bytesSent: number;
  bytesReceived: number;
  /** By the id of the receiver's track. */
  inbound: Map<string, InboundFigures>;
  /** All encodings of a kind together, of the largest the size. */
  outbound: { [Kind in MediaKind]?: OutboundFigures };
}

/** Figures that `getStats` gives and lib.dom does not name. */
type Stat = RTCStats & { [figure: string]: unknown };

function figure(stat: Stat | undefined, name: string): number {
  const value = stat?.[name];
  return typeof value === "number" ? value : 0;
}

function text(stat: Stat | undefined, name: string): string {
  const value = stat?.[name];
  return typeof value === "string" ? value : "";
}

/** `VP8` of `video/VP8`. */
function codecOf(stat: Stat, stats: ReadonlyMap<string, Stat>): string {
  return text(stats.get(text(stat, "codecId")), "mimeType").replace(/^\w+\//, "");
}

function pathOf(pair: Stat | undefined, stats: ReadonlyMap<string, Stat>): LinkReading["path"] {
  const ends = ["localCandidateId", "remoteCandidateId"].map((id) => text(stats.get(text(pair, id)), "candidateType"));
  if (ends.includes("relay")) return "turn";
  return ends.every((type) => type === "") ? "unknown" : "direct";
}

function inboundFigures(stat: Stat, codec: string): InboundFigures {
  return {
    bytes: figure(stat, "bytesReceived"),
    packets: figure(stat, "packetsReceived"),
    packetsLost: Math.max(0, figure(stat, "packetsLost")),
    packetsDiscarded: figure(stat, "packetsDiscarded"),
    jitterMs: figure(stat, "jitter") * 1000,
    delayMs: (figure(stat, "jitterBufferDelay") * 1000) / Math.max(1, figure(stat, "jitterBufferEmittedCount")),
    framesDecoded: figure(stat, "framesDecoded"),
    framesPerSecond: figure(stat, "framesPerSecond"),
    width: figure(stat, "frameWidth"),
    height: figure(stat, "frameHeight"),
    freezeMs: figure(stat, "totalFreezesDuration") * 1000,
    codec,
  };
}

function outboundFigures(stat: Stat, remote: Stat | undefined, codec: string): OutboundFigures {
  return {
    bytes: figure(stat, "bytesSent"),
    packets: figure(stat, "packetsSent"),
    packetsLost: Math.max(0, figure(remote, "packetsLost")),
    jitterMs: figure(remote, "jitter") * 1000,
    roundTripMs: figure(remote, "roundTripTime") * 1000,
    framesPerSecond: figure(stat, "framesPerSecond"),
    width: figure(stat, "frameWidth"),
    height: figure(stat, "frameHeight"),
    targetBitrate: figure(stat, "targetBitrate"),
    encodeMs: figure(stat, "totalEncodeTime") * 1000,
    encodeMsPerFrame: (figure(stat, "totalEncodeTime") * 1000) / Math.max(1, figure(stat, "framesEncoded")),
    codec,
    limitedBy: text(stat, "qualityLimitationReason"),
  };
}

/** Several encodings of one picture are sent, and counted, together. */
function together(one: OutboundFigures | undefined, other: OutboundFigures): OutboundFigures {
  if (!one) return other;
  const [larger, smaller] = one.height >= other.height ? [one, other] : [other, one];
  return {
    ...larger,
    bytes: one.bytes + other.bytes,
    packets: one.packets + other.packets,
    packetsLost: one.packetsLost + other.packetsLost,
    targetBitrate: one.targetBitrate + other.targetBitrate,
    encodeMs: one.encodeMs + other.encodeMs,
    encodeMsPerFrame: one.encodeMsPerFrame + other.encodeMsPerFrame,
    roundTripMs: Math.max(one.roundTripMs, other.roundTripMs),
    codec: larger.codec || smaller.codec,
    limitedBy: larger.limitedBy || smaller.limitedBy,
  };
}

/** Reads a connection's statistics (W3C webrtc-stats). */
export async function readLink(connection: RTCPeerConnection): Promise<LinkReading> {
  const stats = new Map<string, Stat>();
  (await connection.getStats()).forEach((stat: Stat) => {
    stats.set(stat.id, stat);
  });
  const reading: LinkReading = {
    atMs: performance.now(),
    roundTripMs: 0,
    availableBitrate: 0,
    path: "unknown",
    pulse: 0,
    bytesSent: 0,
    bytesReceived: 0,
    inbound: new Map(),
    outbound: {},
  };
  for (const stat of stats.values()) {
    const kind = stat.kind === "audio" ? "audio" : "video";
    switch (stat.type) {
      case "inbound-rtp":
        reading.inbound.set(text(stat, "trackIdentifier"), inboundFigures(stat, codecOf(stat, stats)));
        reading.pulse += figure(stat, "packetsReceived");
        break;
      // Of all pairs, and not of the transport alone: Firefox long had no statistics of that.
      case "candidate-pair":
        reading.pulse +=
          figure(stat, "requestsReceived") + figure(stat, "responsesReceived") + figure(stat, "bytesReceived");
        break;
      case "outbound-rtp":
        reading.outbound[kind] = together(
          reading.outbound[kind],
          outboundFigures(stat, stats.get(String(stat.remoteId)), codecOf(stat, stats)),
        );
        break;
      case "transport": {
        const pair = stats.get(String(stat.selectedCandidatePairId));
        reading.roundTripMs = figure(pair, "currentRoundTripTime") * 1000;
        reading.availableBitrate = figure(pair, "availableOutgoingBitrate");
        reading.path = pathOf(pair, stats);
        reading.bytesSent = figure(stat, "bytesSent");
        reading.bytesReceived = figure(stat, "bytesReceived");
        break;
      }
    }
  }
  return reading;
}

/** What happened between two readings of the same connection. */
export interface Rates {
  /** Bits a second. */
  bitrate: number;
  /** Of all packets, 0 to 1. */
  lossRate: number;
}

/** @param before the earlier reading's figures; without them the rate is from the beginning */
export function ratesBetween(
  before: { bytes: number; packets: number; packetsLost: number } | undefined,
  after: { bytes: number; packets: number; packetsLost: number } | undefined,
  elapsedMs: number,
): Rates {
  if (!after || elapsedMs <= 0) return { bitrate: 0, lossRate: 0 };
  const lost = Math.max(0, after.packetsLost - (before?.packetsLost ?? 0));
  const arrived = Math.max(0, after.packets - (before?.packets ?? 0));
  return {
    bitrate: Math.max(0, after.bytes - (before?.bytes ?? 0)) * 8 * (1000 / elapsedMs),
    lossRate: lost + arrived > 0 ? lost / (lost + arrived) : 0,
  };
}
