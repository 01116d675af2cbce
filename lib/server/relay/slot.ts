import { randomInt } from "node:crypto";
import type { SlotStream } from "./answer";
import type { BitrateMeter } from "./bitrate-meter";
import { CLOCK_HZ, clockMs, type Encoding } from "./encoding";
import type { MediaKind } from "./offer";
import { PacketCache } from "./packet-cache";
import type { Publication, Subscriber } from "./publication";
import { buildSenderReport, middleOf, type ReportBlock } from "./rtcp";
import { buildRtp, extensionOf, type HeaderExtension, parseRtp, type RtpPacket } from "./rtp-packet";
import { modulo } from "./sequence";
import { type StreamNumbers, StreamRewriter } from "./stream-rewriter";
import { rewriteVp8, type Vp8Descriptor } from "./vp8-descriptor";

const TIMESTAMPS = 2 ** 32;
/** A little later than the last one, where no clock tells. */
const LEAST_STEP_MS = 1;
/** A key frame that was asked for may have been lost, or the publisher may have been slow to begin. */
const ASK_AGAIN_MS = 1_000;
/** Clocks that are further apart than this are not believed. */
const MOST_STEP_MS = 5_000;
/** A stream of SRTP that begins in the upper half may lose its count at the first loss (RFC 3711 §3.3.1). */
const FIRST_SEQUENCES = 2 ** 15;
const MAX_PADDING_BYTES = 255;
/** In a long queue a report comes back after several more were sent. */
const KEPT_REPORTS = 8;

export interface SlotSender {
  /**
   * @param level of the sound (RFC 6464)
   * @param build makes the packet, with the extensions that it is to have
   * @returns what goes out for it
   */
  sendRtp(
    nowMs: number,
    level: Buffer | undefined,
    build: (extensions: HeaderExtension[]) => Buffer,
  ): { packet: Buffer; sealed: Buffer | undefined };
  /** @param sealed what `sendRtp` returned */
  sendAgain(sealed: Buffer): void;
  sendRtcp(packet: Buffer): void;
}

/** What is to flow. */
export interface Aim {
  /** `undefined`: none has come yet. */
  encoding: Encoding | undefined;
  /** The place of the size that it is to have, which may be another while that one is not sent. */
  size: number;
  /** Of a picture the frames up to this one. */
  temporalLayer: number;
}

/** What a page receives in one of its sections: whatever of whomever it asked for, as one stream. */
export class Slot implements Subscriber {
  readonly mid: string;
  readonly kind: MediaKind;
  readonly stream: SlotStream;
  readonly #meter: BitrateMeter;
  readonly #sender: SlotSender;
  readonly #payloadType: number;
  readonly #repairPayloadType: number | undefined;
  readonly #rewriter: StreamRewriter;
  readonly #cache = new PacketCache();
  #publication: Publication | undefined;
  #aim: Aim | undefined;
  #current: Encoding | undefined;
  /** Frames of higher layers are left out; how high they are to be, and how high they are. */
  #temporal = { target: 0, current: 0 };
  #askedAtMs = Number.NEGATIVE_INFINITY;
  /** The newest first. */
  #reports: { middle: number; atMs: number }[] = [];
  #lastSentAtMs = Number.NEGATIVE_INFINITY;
  #repairSequence = randomInt(FIRST_SEQUENCES);
  #sentPackets = 0;
  #sentBytes = 0;

  constructor(options: {
    mid: string;
    kind: MediaKind;
    stream: SlotStream;
    payloadType: number;
    repairPayloadType: number | undefined;
    sender: SlotSender;
    /** Counts what is sent but for padding, together with other slots'. */
    meter: BitrateMeter;
  }) {
    this.#meter = options.meter;
    this.mid = options.mid;
    this.kind = options.kind;
    this.stream = options.stream;
    this.#payloadType = options.payloadType;
    this.#repairPayloadType = options.repairPayloadType;
    this.#sender = options.sender;
    this.#rewriter = new StreamRewriter({
      sequenceNumber: randomInt(FIRST_SEQUENCES),
      timestamp: randomInt(TIMESTAMPS),
      pictureId: randomInt(FIRST_SEQUENCES),
    });
  }

  get publication(): Publication | undefined {
    return this.#publication;
  }

  /** What flows now. */
  get current(): Encoding | undefined {
    return this.#current;
  }

  /** What is to flow, from its next key frame on. */
  get target(): Encoding | undefined {
    return this.#aim?.encoding;
  }

  /** @param publication `undefined`: nothing */
  bind(publication: Publication | undefined): void {
    if (publication === this.#publication) return;
    this.#publication?.subscribers.delete(this);
    this.#publication = publication;
    publication?.subscribers.add(this);
    this.#aim = undefined;
    this.#stop();
  }

  release(): void {
    this.bind(undefined);
  }

  /** @param aim `undefined`: nothing is to flow, from now on */
  aim(aim: Aim | undefined, nowMs: number): void {
    const target = aim?.encoding;
    const isNew = target !== this.target;
    if (aim) this.#temporal.target = aim.temporalLayer;
    this.#aim = aim;
    if (!target) {
      this.#stop();
    } else if (this.kind === "video" && target !== this.#current && (isNew || nowMs - this.#askedAtMs > ASK_AGAIN_MS)) {
      this.#askedAtMs = nowMs;
      target.askForKeyFrame();
    }
  }

  /** The page has lost track of the picture. */
  askForKeyFrame(): void {
    (this.#current ?? this.target)?.askForKeyFrame();
  }

  forward(encoding: Encoding, packet: RtpPacket, vp8: Vp8Descriptor | undefined, nowMs: number): void {
    const numbers = numbersOf(packet, vp8);
    if (encoding !== this.#current) {
      if (!this.#mayBegin(encoding, vp8)) return;
      this.#rewriter.begin(numbers, this.#timestampFor(encoding, packet.timestamp, nowMs));
      this.#current = encoding;
    }
    if (vp8 && !this.#isGiven(vp8)) {
      this.#rewriter.drop({ sequenceNumber: packet.sequenceNumber, pictureId: numbers.pictureId });
      return;
    }
    if (packet.payload.length === 0) {
      this.#rewriter.drop({ sequenceNumber: packet.sequenceNumber, pictureId: undefined });
      return;
    }
    const out = this.#rewriter.rewrite(numbers);
    if (out) this.#send(packet, vp8, out, nowMs);
  }

  /** The publisher's clock came: the subscriber is told of it in the stream's own time stamps. */
  noteClock(encoding: Encoding, nowMs: number): void {
    const { clock } = encoding;
    if (encoding !== this.#current || !clock || this.#sentPackets === 0) return;
    const rtpTimestamp = modulo(clock.rtpTimestamp + this.#rewriter.timestampShift, TIMESTAMPS);
    const sent = { packets: this.#sentPackets, bytes: this.#sentBytes };
    this.#sender.sendRtcp(buildSenderReport(this.stream.ssrc, { ...clock, rtpTimestamp }, sent));
    this.#reports = [{ middle: middleOf(clock), atMs: nowMs }, ...this.#reports].slice(0, KEPT_REPORTS);
  }

  /** How long a packet takes to the page and back, by its report on this stream; milliseconds. */
  roundTripMs({ lastSenderReport, delaySinceLast }: ReportBlock, nowMs: number): number | undefined {
    const report = this.#reports.find(({ middle }) => middle === lastSenderReport);
    return report && Math.max(1, nowMs - report.atMs - (delaySinceLast / 65_536) * 1000);
  }

  /** @returns how many bytes were sent once more; 0 when it is too late, or just done */
  repair(sequenceNumber: number, nowMs: number, roundTripMs: number): number {
    const lost = this.#cache.repeat(sequenceNumber, nowMs, roundTripMs);
    if (!lost) return 0;
    const bytes = this.kind === "audio" ? this.#sendAgain(lost) : this.#repeat(lost, nowMs);
    if (bytes > 0) this.#meter.add(bytes, nowMs);
    return bytes;
  }

  /** Browsers have no stream for repairs of sound: what they ask for comes as it was, to the byte. */
  #sendAgain(sealed: Buffer): number {
    this.#sender.sendAgain(sealed);
    return sealed.length;
  }

  #repeat(sent: Buffer, nowMs: number): number {
    const packet = parseRtp(sent);
    if (!packet || this.stream.repairSsrc === undefined || this.#repairPayloadType === undefined) return 0;
    // RFC 4588 §4: the original number, then the original payload.
    const payload = Buffer.allocUnsafe(2 + packet.payload.length);
    payload.writeUInt16BE(packet.sequenceNumber, 0);
    packet.payload.copy(payload, 2);
    const repair = {
      ...packet,
      payloadType: this.#repairPayloadType,
      ssrc: this.stream.repairSsrc,
      sequenceNumber: this.#nextRepairSequence(),
      payload,
    };
    return this.#sender.sendRtp(nowMs, undefined, (extensions) => buildRtp({ ...repair, extensions })).packet.length;
  }

  get canPad(): boolean {
    return this.stream.repairSsrc !== undefined && this.#sentPackets > 0;
  }

  /**
   * Sends what the page throws away but its estimate of the downlink counts: the newest packet once more, where there is one.
   *
   * @returns how many bytes
   */
  pad(nowMs: number): number {
    const { newest } = this.#cache;
    return newest && newest.length > 2 * MAX_PADDING_BYTES ? this.#repeat(newest, nowMs) : this.#padBlank(nowMs);
  }

  #padBlank(nowMs: number): number {
    if (this.stream.repairSsrc === undefined || this.#repairPayloadType === undefined) return 0;
    const blank = {
      payloadType: this.#repairPayloadType,
      isMarked: false,
      sequenceNumber: this.#nextRepairSequence(),
      timestamp: this.#rewriter.newestTimestamp,
      ssrc: this.stream.repairSsrc,
      payload: Buffer.alloc(MAX_PADDING_BYTES),
    };
    const { packet } = this.#sender.sendRtp(nowMs, undefined, (extensions) => {
      const built = buildRtp({ ...blank, extensions });
      // RFC 3550 §5.1: the last byte counts the padding.
      built[0] = (built[0] ?? 0) | 0x20;
      built[built.length - 1] = MAX_PADDING_BYTES;
      return built;
    });
    return packet.length;
  }

  /**
   * A picture begins with a key frame. That of the size that it is to have is taken whenever it comes, the very first packet
   * above all: another is only sent when it is asked for. Where nothing flows yet a smaller one is better than none.
   */
  #mayBegin(encoding: Encoding, vp8: Vp8Descriptor | undefined): boolean {
    if (!this.#aim || (this.kind === "video" && !vp8?.isKeyFrame)) return false;
    const { encoding: target, size } = this.#aim;
    return encoding === target || encoding.index === size || (!this.#current && encoding.index < size);
  }

  /** Fewer frames are given from now on; more only from one that needs none of those that were left out. */
  #isGiven({ temporalLayer, isLayerSync, isKeyFrame }: Vp8Descriptor): boolean {
    const temporal = this.#temporal;
    temporal.current = Math.min(temporal.current, temporal.target);
    const isLarger = temporalLayer > temporal.current && temporalLayer <= temporal.target;
    if (isKeyFrame) temporal.current = temporal.target;
    else if (isLarger && isLayerSync) temporal.current = temporalLayer;
    return temporalLayer <= temporal.current;
  }

  #send(packet: RtpPacket, vp8: Vp8Descriptor | undefined, out: StreamNumbers, nowMs: number): void {
    const level = extensionOf(packet, this.#publication?.audioLevelId);
    const { packet: built, sealed } = this.#sender.sendRtp(nowMs, level, (extensions) => {
      const rtp = buildRtp({
        payloadType: this.#payloadType,
        isMarked: packet.isMarked,
        sequenceNumber: out.sequenceNumber,
        timestamp: out.timestamp,
        ssrc: this.stream.ssrc,
        extensions,
        payload: packet.payload,
      });
      if (vp8) rewriteVp8(rtp.subarray(rtp.length - packet.payload.length), vp8, out);
      return rtp;
    });
    this.#lastSentAtMs = nowMs;
    this.#sentPackets++;
    this.#sentBytes += packet.payload.length;
    this.#meter.add(built.length, nowMs);
    const kept = this.kind === "audio" ? sealed : built;
    if (kept) this.#cache.add(out.sequenceNumber, kept, nowMs);
  }

  #stop(): void {
    this.#current = undefined;
    this.#rewriter.end();
    this.#cache.clear();
  }

  /** Where a new stretch is in the subscriber's time: by the publisher's clock where both sides of the seam have one. */
  #timestampFor(encoding: Encoding, timestamp: number, nowMs: number): number {
    const hz = CLOCK_HZ[this.kind];
    const newest = this.#rewriter.newestTimestamp;
    if (this.#sentPackets === 0) return newest;
    const before = this.#current?.clock;
    const after = encoding.clock;
    if (before && after && this.#rewriter.isInStretch) {
      const atMs = clockMs(after) + (signed(timestamp - after.rtpTimestamp) / hz) * 1000;
      const byClock = before.rtpTimestamp + ((atMs - clockMs(before)) / 1000) * hz + this.#rewriter.timestampShift;
      const stepMs = (signed(Math.round(byClock) - newest) / hz) * 1000;
      if (Math.abs(stepMs) < MOST_STEP_MS) return newest + Math.round((Math.max(LEAST_STEP_MS, stepMs) / 1000) * hz);
    }
    const elapsedMs = Math.max(LEAST_STEP_MS, nowMs - this.#lastSentAtMs);
    return newest + Math.round((elapsedMs / 1000) * hz);
  }

  #nextRepairSequence(): number {
    this.#repairSequence = modulo(this.#repairSequence + 1);
    return this.#repairSequence;
  }
}

function numbersOf({ sequenceNumber, timestamp }: RtpPacket, vp8: Vp8Descriptor | undefined): StreamNumbers {
  return {
    sequenceNumber,
    timestamp,
    pictureId: vp8?.pictureId?.value ?? 0,
    tl0PictureIndex: vp8?.tl0PictureIndex?.value ?? 0,
  };
}

/** The shorter way round. */
function signed(difference: number): number {
  const positive = modulo(difference, TIMESTAMPS);
  return positive < TIMESTAMPS / 2 ? positive : positive - TIMESTAMPS;
}
