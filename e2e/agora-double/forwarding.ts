import {
  GenericNack,
  PictureLossIndication,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
  RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSenderInfo,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
  type RtpPacket,
  unwrapRtx,
} from "werift";
import { Downlink, type Layer } from "./downlink";
import type { MediaSession } from "./media-session";
import { bandwidth, keyframeRequest } from "./rtcp-feedback";

export interface Stream {
  ssrc: number;
  /** The SSRC that repairs it (RFC 4588). */
  rtx?: number | undefined;
}

/** What a publisher sends under one SSRC. */
interface Uplink extends Stream {
  /** The SSRC that the others know the track by: its high layer's. */
  announcedAs: number;
  layer: Layer;
  /** As last seen: a repaired packet does not say it. */
  payloadType: number;
  /** When a key frame was last asked for; milliseconds. */
  askedAtMs: number;
  /** Runs when one was asked for too soon after another. */
  askTimer: NodeJS.Timeout | undefined;
}

/** One track of a publisher. */
interface Source {
  publisher: MediaSession;
  isVideo: boolean;
  high: Uplink;
  low: Uplink | undefined;
  readonly downlinks: Map<MediaSession, Downlink>;
}

const EVERY_MS = 1000;
/** A key frame is asked for again, because the subscriber's page may not be ready for the first. */
const KEYFRAMES_AT_MS = [0, 200, 800];
/** All subscribers' requests for one are passed on as one in so long: what each of them gets is everyone's. */
const KEYFRAME_EVERY_MS = 500;

/**
 * Who gets whose packets, and of a picture that is published twice, which of the two. SSRCs are announced before they are
 * subscribed to, so subscribers get the announced one.
 */
export class Forwarding {
  /** By the SSRC that was announced. */
  readonly #sources = new Map<number, Source>();
  readonly #uplinks = new Map<number, Uplink>();
  readonly #repairs = new Map<number, Uplink>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor() {
    this.#timers.add(setInterval(() => this.#everySecond(), EVERY_MS));
  }

  publish(publisher: MediaSession, stream: Stream, { isVideo }: { isVideo: boolean }): void {
    const high = this.#listenTo({ ...stream, announcedAs: stream.ssrc, layer: "high" });
    this.#sources.set(stream.ssrc, { publisher, isVideo, high, low: undefined, downlinks: new Map() });
  }

  /** The small copy of what is published already. */
  publishLow(announcedAs: number, stream: Stream): void {
    this.unpublishLow(announcedAs);
    const source = this.#sources.get(announcedAs);
    if (!source) throw new Error(`Nothing is published as ${announcedAs} that could have a low stream.`);
    source.low = this.#listenTo({ ...stream, announcedAs, layer: "low" });
  }

  unpublishLow(announcedAs: number): void {
    const source = this.#sources.get(announcedAs);
    if (!source?.low) return;
    this.#stopListeningTo(source.low);
    source.low = undefined;
  }

  unpublish(announcedAs: number): void {
    const source = this.#sources.get(announcedAs);
    if (!source) return;
    this.unpublishLow(announcedAs);
    this.#stopListeningTo(source.high);
    this.#sources.delete(announcedAs);
  }

  /** @returns whether there is such a source */
  subscribe(subscriber: MediaSession, announcedAs: number): boolean {
    const source = this.#sources.get(announcedAs);
    if (!source) return false;
    const downlink = source.downlinks.get(subscriber) ?? new Downlink(subscriber, announcedAs);
    source.downlinks.set(subscriber, downlink);
    this.#askForKeyframes(source, downlink);
    return true;
  }

  unsubscribe(subscriber: MediaSession, announcedAs: number): void {
    this.#sources.get(announcedAs)?.downlinks.delete(subscriber);
  }

  /** Which layer a subscriber is to get, as soon as there is one; `null`: none for now. */
  choose(subscriber: MediaSession, announcedAs: number, layer: Layer | null): void {
    const source = this.#sources.get(announcedAs);
    const downlink = source?.downlinks.get(subscriber);
    const isPaused = layer === null;
    if (!source || !downlink || (downlink.isPaused === isPaused && downlink.wanted === layer)) return;
    downlink.isPaused = isPaused;
    downlink.wanted = layer ?? downlink.wanted;
    this.#askForKeyframes(source, downlink);
  }

  /** What a subscriber is getting; `undefined`: nothing. */
  layerFor(subscriber: MediaSession, announcedAs: number | undefined): Layer | undefined {
    if (announcedAs === undefined) return undefined;
    return this.#sources.get(announcedAs)?.downlinks.get(subscriber)?.layer;
  }

  forget(session: MediaSession): void {
    for (const [announcedAs, source] of this.#sources) {
      source.downlinks.delete(session);
      if (source.publisher === session) this.unpublish(announcedAs);
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  forwardRtp(from: MediaSession, packet: RtpPacket): void {
    const repaired = this.#repairs.get(packet.header.ssrc);
    const uplink = repaired ?? this.#uplinks.get(packet.header.ssrc);
    const source = this.#sourceOf(uplink, from);
    if (!uplink || !source) return;
    let forwarded = packet;
    if (repaired) {
      // A repair without a packet in it is padding, sent to probe the network.
      if (packet.payload.length <= 2 || repaired.payloadType === 0) return;
      forwarded = unwrapRtx(packet, repaired.payloadType, repaired.ssrc);
    } else {
      uplink.payloadType = packet.header.payloadType;
    }
    const { header } = forwarded;
    // No extension was offered to the subscribers; one of the publisher's, `mid` above all, would lead them astray.
    header.extension = false;
    header.extensions = [];
    header.padding = false;
    header.paddingSize = 0;
    for (const downlink of source.downlinks.values()) {
      downlink.forward(uplink.layer, wanted(source, downlink).layer, forwarded);
    }
  }

  /** Reports go on to who needs them: senders' to subscribers, receivers' and requests to the publisher. */
  forwardRtcp(from: MediaSession, packets: RtcpPacket[]): void {
    for (const packet of packets) {
      if (packet instanceof RtcpSrPacket) this.#forwardSenderReport(from, packet);
      if (packet instanceof RtcpSrPacket || packet instanceof RtcpRrPacket) {
        for (const report of packet.reports) this.#forwardReceiverReport(from, packet.ssrc, report);
      }
      if (packet instanceof RtcpPayloadSpecificFeedback) {
        const { feedback } = packet;
        if (feedback instanceof PictureLossIndication) this.#forwardKeyframeRequest(from, feedback.mediaSsrc);
        if ("fir" in feedback) {
          for (const { ssrc } of feedback.fir) this.#forwardKeyframeRequest(from, ssrc);
        }
      }
      if (packet instanceof RtcpTransportLayerFeedback && packet.feedback instanceof GenericNack) {
        this.#forwardNack(from, packet.feedback);
      }
    }
  }

  #forwardSenderReport(from: MediaSession, { ssrc, senderInfo }: RtcpSrPacket): void {
    const uplink = this.#uplinks.get(ssrc);
    const source = this.#sourceOf(uplink, from);
    if (!uplink || !source) return;
    for (const downlink of source.downlinks.values()) {
      if (downlink.layer !== uplink.layer) continue;
      const rtpTimestamp = downlink.timestampAtSubscriber(senderInfo.rtpTimestamp);
      downlink.subscriber.sendRtcp(
        new RtcpSrPacket({ ssrc: uplink.announcedAs, senderInfo: new RtcpSenderInfo({ ...senderInfo, rtpTimestamp }) }),
      );
    }
  }

  #forwardReceiverReport(from: MediaSession, reporterSsrc: number, report: RtcpReceiverInfo): void {
    const flowing = this.#flowing(from, report.ssrc);
    if (!flowing) return;
    const reports = [new RtcpReceiverInfo({ ...report, ssrc: flowing.uplink.ssrc })];
    flowing.source.publisher.sendRtcp(new RtcpRrPacket({ ssrc: reporterSsrc, reports }));
  }

  #forwardNack(from: MediaSession, { senderSsrc, mediaSourceSsrc, lost }: GenericNack): void {
    const flowing = this.#flowing(from, mediaSourceSsrc);
    if (!flowing) return;
    const { source, downlink, uplink } = flowing;
    const feedback = new GenericNack({
      senderSsrc,
      mediaSourceSsrc: uplink.ssrc,
      lost: lost.map((sequence) => downlink.sequenceAtPublisher(sequence)),
    });
    source.publisher.sendRtcp(new RtcpTransportLayerFeedback({ feedback }));
  }

  /** The track that an uplink is of, if it is this publisher's. */
  #sourceOf(uplink: Uplink | undefined, publisher: MediaSession): Source | undefined {
    const source = uplink && this.#sources.get(uplink.announcedAs);
    return source?.publisher === publisher ? source : undefined;
  }

  /** What it is that a subscriber says something of. */
  #flowing(subscriber: MediaSession, announcedAs: number) {
    const source = this.#sources.get(announcedAs);
    const downlink = source?.downlinks.get(subscriber);
    const uplink = downlink?.layer === "low" ? source?.low : source?.high;
    return source && downlink && uplink ? { source, downlink, uplink } : undefined;
  }

  #forwardKeyframeRequest(subscriber: MediaSession, announcedAs: number): void {
    const flowing = this.#flowing(subscriber, announcedAs);
    if (flowing) this.#askForKeyframe(flowing.source, flowing.uplink);
  }

  #askForKeyframe({ publisher }: Source, uplink: Uplink): void {
    const waitMs = uplink.askedAtMs + KEYFRAME_EVERY_MS - performance.now();
    clearTimeout(uplink.askTimer);
    const ask = () => {
      uplink.askedAtMs = performance.now();
      publisher.sendRtcp(keyframeRequest(uplink.ssrc));
    };
    if (waitMs > 0) uplink.askTimer = setTimeout(ask, waitMs);
    else ask();
  }

  /** Of the layer that a subscriber is to get. */
  #askForKeyframes(source: Source, downlink: Downlink): void {
    if (!source.isVideo) return;
    for (const afterMs of KEYFRAMES_AT_MS) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.#askForKeyframe(source, wanted(source, downlink));
      }, afterMs);
      this.#timers.add(timer);
    }
  }

  #everySecond(): void {
    for (const source of this.#sources.values()) {
      const { publisher, isVideo, high, low, downlinks } = source;
      if (!isVideo) continue;
      publisher.sendRtcp(bandwidth([high, low].flatMap((uplink) => (uplink ? [uplink.ssrc] : []))));
      for (const downlink of downlinks.values()) {
        const uplink = wanted(source, downlink);
        if (downlink.layer !== uplink.layer) this.#askForKeyframe(source, uplink);
      }
    }
  }

  #listenTo(stream: Pick<Uplink, "ssrc" | "rtx" | "announcedAs" | "layer">): Uplink {
    const uplink = { ...stream, payloadType: 0, askedAtMs: Number.NEGATIVE_INFINITY, askTimer: undefined };
    this.#uplinks.set(uplink.ssrc, uplink);
    if (uplink.rtx !== undefined) this.#repairs.set(uplink.rtx, uplink);
    return uplink;
  }

  #stopListeningTo({ ssrc, rtx, askTimer }: Uplink): void {
    clearTimeout(askTimer);
    this.#uplinks.delete(ssrc);
    if (rtx !== undefined) this.#repairs.delete(rtx);
  }
}

/** The high layer is for everyone where there is no low one. */
function wanted(source: Source, downlink: Downlink): Uplink {
  return (downlink.wanted === "low" && source.low) || source.high;
}
