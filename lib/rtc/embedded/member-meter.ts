import type { NetworkQuality, RemoteAudioTrackStats, RemoteVideoTrackStats } from "agora-rtc-react";
import type { LinkDetails } from "@/lib/rtc/link-details";
import { audioCodec, videoCodec } from "./codecs";
import type { ConnectionMeter } from "./connection-meter";
import type { Inlet } from "./inlet";
import type { InboundFigures, Rates } from "./link-stats";
import { type QualityGrade, qualityGrade } from "./network-quality";
import type { LinkState } from "./peer-link";
import type { MediaKind, Terms } from "./peer-signal";
import type { IncomingFigures } from "./remote-user";

/** What a meter has to know of the one whose it is. */
interface Measured {
  readonly state: LinkState;
  readonly isUnreachable: boolean;
  readonly inlet: Inlet | undefined;
  readonly terms: Terms | undefined;
}

/** How it goes with one other person: what comes of them, and how well the two reach each other. */
export class MemberMeter implements IncomingFigures {
  readonly #member: Measured;
  readonly #meterOf: (connection: RTCPeerConnection) => ConnectionMeter | undefined;
  readonly #madeAtMs = performance.now();

  constructor(member: Measured, meterOf: (connection: RTCPeerConnection) => ConnectionMeter | undefined) {
    this.#member = member;
    this.#meterOf = meterOf;
  }

  get quality(): NetworkQuality {
    return { uplinkNetworkQuality: this.#grade("uplink"), downlinkNetworkQuality: this.#grade("downlink") };
  }

  /** What the SDK has no getter for. */
  get details(): LinkDetails {
    const isUp = this.#member.state === "up";
    const latest = this.#meter?.latest;
    const isRelayed = this.#member.inlet?.route === "relay";
    return {
      path: (isUp && (isRelayed ? "server" : latest?.path)) || "unknown",
      roundTripMs: (isUp && latest?.roundTripMs) || null,
      jitterMs: this.#inbound("audio")?.jitterMs ?? null,
      // Through the relay nothing is sent to anyone alone.
      sentBitrate: isRelayed ? null : (this.#meter?.throughput.sent ?? 0),
    };
  }

  get hasSound(): boolean {
    return (this.#inbound("audio")?.packets ?? 0) > 0;
  }

  get hasPicture(): boolean {
    return (this.#inbound("video")?.framesDecoded ?? 0) > 0;
  }

  get audioStats(): RemoteAudioTrackStats {
    const codec = audioCodec(this.#inbound("audio")?.codec);
    return { ...codec, receiveLevel: 0, receivePacketsDiscarded: 0, ...this.#trackStats("audio") };
  }

  get videoStats(): RemoteVideoTrackStats {
    const figures = this.#inbound("video");
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
    const figures = this.#inbound(kind);
    const { bitrate, lossRate } = this.#rates(kind);
    const roundTripMs = this.#meter?.latest?.roundTripMs ?? 0;
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

  get #meter(): ConnectionMeter | undefined {
    const { inlet } = this.#member;
    return inlet && this.#meterOf(inlet.connection);
  }

  #trackId(kind: MediaKind): string {
    return this.#member.inlet?.transceiver(kind)?.receiver.track.id ?? "";
  }

  #inbound(kind: MediaKind): InboundFigures | undefined {
    return this.#meter?.latest?.inbound.get(this.#trackId(kind));
  }

  #rates(kind: MediaKind): Rates {
    return this.#meter?.received(this.#trackId(kind)) ?? { bitrate: 0, lossRate: 0 };
  }

  #grade(direction: "uplink" | "downlink"): QualityGrade {
    const { isUnreachable, state, inlet, terms } = this.#member;
    if (isUnreachable) return 6;
    if (state === "connecting") return 0;
    if (state === "down") return 5;
    // Between them and the relay nobody sees but they and it. What there is to see of the way from it to here is one's own.
    if (inlet?.route === "relay") return (terms?.quality[direction] ?? 0) as QualityGrade;
    const meter = this.#meter;
    if (!meter?.latest) return 0;
    const lossRate =
      direction === "uplink"
        ? Math.max(meter.sent("audio").lossRate, meter.sent("video").lossRate)
        : Math.max(this.#rates("audio").lossRate, this.#rates("video").lossRate);
    return qualityGrade({ lossRate, roundTripMs: meter.latest.roundTripMs });
  }
}
