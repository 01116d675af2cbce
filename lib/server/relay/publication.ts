import type { Encoding } from "./encoding";
import type { AcceptedSection, MediaKind } from "./offer";
import type { RtpPacket } from "./rtp-packet";
import { parseVp8, type Vp8Descriptor } from "./vp8-descriptor";

/**
 * Not more often than this is a publisher asked for key frames, of whatever size: a browser makes one of every size that it
 * sends, and ignores what asks within 300 ms of another (`EncoderRtcpFeedback::OnReceivedIntraFrameRequest` in WebRTC).
 */
const KEY_FRAMES_EVERY_MS = 400;

/** Who is given what is published. */
export interface Subscriber {
  forward(encoding: Encoding, packet: RtpPacket, vp8: Vp8Descriptor | undefined, nowMs: number): void;
  noteClock(encoding: Encoding, nowMs: number): void;
  /** It is published no more. */
  release(): void;
}

/** One track of a publisher, in one or more sizes, and everyone who is given it. */
export class Publication {
  readonly kind: MediaKind;
  /** In their order, from the smallest; one empty name where there is one alone. */
  readonly rids: readonly string[];
  readonly encodings = new Map<string, Encoding>();
  readonly subscribers = new Set<Subscriber>();
  /** Of the header extension that tells how loud the sound is (RFC 6464), in the publisher's packets. */
  readonly audioLevelId: number | undefined;
  #hasFlowed = false;
  #askedAtMs = Number.NEGATIVE_INFINITY;

  constructor({ kind, rids, extensions }: Pick<AcceptedSection, "kind" | "rids" | "extensions">) {
    this.kind = kind;
    this.audioLevelId = extensions.audioLevel;
    this.rids = rids.length > 0 ? rids : [""];
  }

  /** Something has come of it. */
  get hasFlowed(): boolean {
    return this.#hasFlowed;
  }

  receive(encoding: Encoding, packet: RtpPacket, bytes: number, nowMs: number): void {
    encoding.noteFlow(bytes, nowMs);
    // Padding, with which the browser probes its uplink. Its number is a gap to nobody: see `Slot`.
    if (packet.payload.length === 0 && this.kind === "audio") return;
    const vp8 = this.kind === "video" ? parseVp8(packet.payload) : undefined;
    if (this.kind === "video" && packet.payload.length > 0 && !vp8) return;
    this.#hasFlowed = true;
    // A key frame is of the lowest layer, and no measure of what that costs.
    if (vp8 && !vp8.isKeyFrame) encoding.noteTemporalLayer(vp8.temporalLayer, bytes);
    if (vp8?.isKeyFrame) {
      encoding.noteKeyFrame();
      if (vp8.size) encoding.height = Math.min(vp8.size.height, vp8.size.width);
    }
    for (const subscriber of this.subscribers) subscriber.forward(encoding, packet, vp8, nowMs);
  }

  /** @returns of which sizes key frames are to be asked for now */
  takeAsks(nowMs: number): Encoding[] {
    if (nowMs - this.#askedAtMs < KEY_FRAMES_EVERY_MS) return [];
    const asked = [...this.encodings.values()].filter((encoding) => encoding.takeAsk());
    if (asked.length > 0) this.#askedAtMs = nowMs;
    return asked;
  }

  noteClock(encoding: Encoding, nowMs: number): void {
    for (const subscriber of this.subscribers) subscriber.noteClock(encoding, nowMs);
  }
}
