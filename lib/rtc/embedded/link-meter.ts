import type { NetworkQuality, RemoteAudioTrackStats, RemoteVideoTrackStats } from "agora-rtc-react";
import type { LinkDetails } from "@/lib/rtc/link-details";
import { audioCodec, videoCodec } from "./codecs";
import { type LinkReading, type Rates, ratesBetween, readLink } from "./link-stats";
import { type QualityGrade, qualityGrade } from "./network-quality";
import type { PeerLink } from "./peer-link";
import type { MediaKind } from "./peer-signal";

/** Reads one link every few seconds and keeps the last two readings, so that the SDK's getters can answer at once. */
export class LinkMeter {
  readonly #link: PeerLink;
  #connection: RTCPeerConnection | undefined;
  #before: LinkReading | undefined;
  #latest: LinkReading | undefined;
  readonly #madeAtMs = performance.now();

  constructor(link: PeerLink) {
    this.#link = link;
  }

  get latest(): LinkReading | undefined {
    return this.#latest;
  }

  async read(): Promise<void> {
    const { connection } = this.#link;
    const reading = await readLink(connection);
    // Counts begin anew with a connection.
    this.#before = this.#connection === connection ? this.#latest : undefined;
    this.#connection = connection;
    this.#latest = reading;
    if (connection === this.#link.connection) this.#link.notePulse(reading.pulse);
  }

  /** How well this page and the other reach each other. */
  get quality(): NetworkQuality {
    return {
      uplinkNetworkQuality: this.#grade("outbound"),
      downlinkNetworkQuality: this.#grade("inbound"),
    };
  }

  rates(direction: "inbound" | "outbound", kind: MediaKind): Rates {
    return ratesBetween(this.#before?.[direction][kind], this.#latest?.[direction][kind], this.#elapsedMs);
  }

  /** Bits a second, of everything on the connection. */
  get throughput(): { sent: number; received: number } {
    const perSecond = 8000 / this.#elapsedMs;
    return {
      sent: ((this.#latest?.bytesSent ?? 0) - (this.#before?.bytesSent ?? 0)) * perSecond,
      received: ((this.#latest?.bytesReceived ?? 0) - (this.#before?.bytesReceived ?? 0)) * perSecond,
    };
  }

  /** What the SDK has no getter for. */
  get details(): LinkDetails {
    const isUp = this.#link.state === "up";
    return {
      path: (isUp && this.#latest?.path) || "unknown",
      roundTripMs: (isUp && this.#latest?.roundTripMs) || null,
      jitterMs: this.#latest?.inbound.audio?.jitterMs ?? null,
      sentBitrate: this.throughput.sent,
    };
  }

  get audioStats(): RemoteAudioTrackStats {
    const codec = audioCodec(this.#latest?.inbound.audio?.codec);
    return { ...codec, receiveLevel: 0, receivePacketsDiscarded: 0, ...this.#trackStats("audio") };
  }

  get videoStats(): RemoteVideoTrackStats {
    const figures = this.#latest?.inbound.video;
    return {
      ...videoCodec(figures?.codec),
      decodeFrameRate: figures?.framesPerSecond ?? 0,
      receiveFrameRate: figures?.framesPerSecond ?? 0,
      renderFrameRate: figures?.framesPerSecond ?? 0,
      receiveResolutionHeight: figures?.height ?? 0,
      receiveResolutionWidth: figures?.width ?? 0,
      ...this.#trackStats("video"),
    };
  }

  #trackStats(kind: MediaKind) {
    const figures = this.#latest?.inbound[kind];
    const { bitrate, lossRate } = this.rates("inbound", kind);
    const roundTripMs = this.#latest?.roundTripMs ?? 0;
    const packets = figures?.packets ?? 0;
    const packetsLost = figures?.packetsLost ?? 0;
    const totalSeconds = (performance.now() - this.#madeAtMs) / 1000;
    const freezeSeconds = (figures?.freezeMs ?? 0) / 1000;
    return {
      transportDelay: roundTripMs / 2,
      end2EndDelay: roundTripMs / 2 + (figures?.delayMs ?? 0),
      receiveBitrate: bitrate,
      receiveDelay: figures?.delayMs ?? 0,
      receiveBytes: figures?.bytes ?? 0,
      receivePackets: packets,
      receivePacketsLost: packetsLost,
      packetLossRate: packetsLost / Math.max(1, packets + packetsLost),
      currentPacketLossRate: lossRate,
      totalDuration: totalSeconds,
      totalFreezeTime: freezeSeconds,
      freezeRate: freezeSeconds / Math.max(1, totalSeconds),
      publishDuration: totalSeconds * 1000,
    };
  }

  get #elapsedMs(): number {
    return this.#latest && this.#before ? Math.max(1, this.#latest.atMs - this.#before.atMs) : 1000;
  }

  #grade(direction: "inbound" | "outbound"): QualityGrade {
    if (this.#link.isUnreachable) return 6;
    if (this.#link.state === "connecting") return 0;
    if (this.#link.state === "down") return 5;
    if (!this.#latest) return 0;
    const lossRate = Math.max(this.rates(direction, "audio").lossRate, this.rates(direction, "video").lossRate);
    return qualityGrade({ lossRate, roundTripMs: this.#latest.roundTripMs });
  }
}
