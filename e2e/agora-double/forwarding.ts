import {
  GenericNack,
  PictureLossIndication,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
  RtcpRrPacket,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
  type RtpPacket,
  unwrapRtx,
} from "werift";
import type { MediaSession } from "./media-session";
import { bandwidth, keyframeRequest } from "./rtcp-feedback";

interface Source {
  publisher: MediaSession;
  isVideo: boolean;
  /** The SSRC that repairs this one (RFC 4588). */
  rtx: number | undefined;
  /** As last seen: a repaired packet does not say it. */
  payloadType: number;
  readonly subscribers: Set<MediaSession>;
}

const BANDWIDTH_EVERY_MS = 1000;
/** A key frame is asked for again, because the subscriber's page may not be ready for the first. */
const KEYFRAMES_AT_MS = [0, 200, 800];

/** Who gets whose packets. SSRCs are announced before they are subscribed to, so they are forwarded as they are. */
export class Forwarding {
  readonly #sources = new Map<number, Source>();
  readonly #repairs = new Map<number, number>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor() {
    this.#timers.add(setInterval(() => this.#sendBandwidth(), BANDWIDTH_EVERY_MS));
  }

  publish(publisher: MediaSession, source: { ssrc: number; rtx: number | undefined; isVideo: boolean }): void {
    const { ssrc, rtx, isVideo } = source;
    this.#sources.set(ssrc, { publisher, isVideo, rtx, payloadType: 0, subscribers: new Set() });
    if (rtx !== undefined) this.#repairs.set(rtx, ssrc);
  }

  unpublish(ssrc: number): void {
    const rtx = this.#sources.get(ssrc)?.rtx;
    if (rtx !== undefined) this.#repairs.delete(rtx);
    this.#sources.delete(ssrc);
  }

  /** @returns whether there is such a source */
  subscribe(subscriber: MediaSession, ssrc: number): boolean {
    const source = this.#sources.get(ssrc);
    if (!source) return false;
    source.subscribers.add(subscriber);
    for (const afterMs of source.isVideo ? KEYFRAMES_AT_MS : []) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        source.publisher.sendRtcp(keyframeRequest(ssrc));
      }, afterMs);
      this.#timers.add(timer);
    }
    return true;
  }

  unsubscribe(subscriber: MediaSession, ssrc: number): void {
    this.#sources.get(ssrc)?.subscribers.delete(subscriber);
  }

  forget(session: MediaSession): void {
    for (const [ssrc, source] of this.#sources) {
      source.subscribers.delete(session);
      if (source.publisher === session) this.unpublish(ssrc);
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  forwardRtp(from: MediaSession, packet: RtpPacket): void {
    const repaired = this.#repairs.get(packet.header.ssrc);
    const source = this.#sources.get(repaired ?? packet.header.ssrc);
    if (source?.publisher !== from) return;
    let forwarded = packet;
    if (repaired !== undefined) {
      // A repair without a packet in it is padding, sent to probe the network.
      if (packet.payload.length <= 2 || source.payloadType === 0) return;
      forwarded = unwrapRtx(packet, source.payloadType, repaired);
    } else {
      source.payloadType = packet.header.payloadType;
    }
    const { header, payload } = forwarded;
    // No extension was offered to the subscribers; one of the publisher's, `mid` above all, would lead them astray.
    header.extension = false;
    header.extensions = [];
    header.padding = false;
    header.paddingSize = 0;
    for (const subscriber of source.subscribers) subscriber.sendRtp(header, payload);
  }

  /** Reports go on to who needs them: senders' to subscribers, receivers' and requests to the publisher. */
  forwardRtcp(from: MediaSession, packets: RtcpPacket[]): void {
    for (const packet of packets) {
      if (packet instanceof RtcpSrPacket) this.#forwardSenderReport(from, packet);
      if (packet instanceof RtcpSrPacket || packet instanceof RtcpRrPacket) {
        for (const report of packet.reports) {
          this.#sendToPublisher(report.ssrc, new RtcpRrPacket({ ssrc: packet.ssrc, reports: [report] }));
        }
      }
      if (packet instanceof RtcpPayloadSpecificFeedback) {
        const { feedback } = packet;
        if (feedback instanceof PictureLossIndication) this.#askForKeyframe(feedback.mediaSsrc);
        if ("fir" in feedback) {
          for (const { ssrc } of feedback.fir) this.#askForKeyframe(ssrc);
        }
      }
      if (packet instanceof RtcpTransportLayerFeedback && packet.feedback instanceof GenericNack) {
        this.#sendToPublisher(packet.feedback.mediaSourceSsrc, packet);
      }
    }
  }

  #forwardSenderReport(from: MediaSession, report: RtcpSrPacket): void {
    const source = this.#sources.get(report.ssrc);
    if (source?.publisher !== from) return;
    const alone = new RtcpSrPacket({ ssrc: report.ssrc, senderInfo: report.senderInfo, reports: [] });
    for (const subscriber of source.subscribers) subscriber.sendRtcp(alone);
  }

  #askForKeyframe(ssrc: number): void {
    this.#sendToPublisher(ssrc, keyframeRequest(ssrc));
  }

  #sendToPublisher(ssrc: number, packet: RtcpPacket): void {
    this.#sources.get(ssrc)?.publisher.sendRtcp(packet);
  }

  #sendBandwidth(): void {
    for (const [ssrc, { publisher, isVideo }] of this.#sources) if (isVideo) publisher.sendRtcp(bandwidth(ssrc));
  }
}
