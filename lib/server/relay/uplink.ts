import type { DropCounter } from "./drop-counter";
import { Encoding } from "./encoding";
import type { AcceptedSection, MediaKind, OfferedSection } from "./offer";
import { Publication } from "./publication";
import {
  buildKeyFrameRequest,
  buildNack,
  buildReceiverReports,
  buildTransportFeedback,
  type ReportBlock,
  type RtcpPacket,
} from "./rtcp";
import { extensionOf, parseRtp, type RtpPacket } from "./rtp-packet";
import { TransportFeedback } from "./transport-feedback";

const FEEDBACK_EVERY_MS = 50;
const REPORT_EVERY_MS = 1_000;

interface PublishedSection {
  mid: string;
  section: AcceptedSection;
  publication: Publication;
}

/** A stream of the page's, as its SSRC tells it. */
interface Stream {
  publication: Publication;
  encoding: Encoding;
  section: AcceptedSection;
  /** RFC 4588: its packets are another stream's, sent once more. */
  isRepair: boolean;
}

/** What a page sends: whose stream each packet is, what is missing of it, and what the page is told of that. */
export class Uplink {
  readonly #sections: PublishedSection[] = [];
  readonly #streams = new Map<number, Stream>();
  readonly #feedback = new TransportFeedback();
  readonly #sendRtcp: (compound: Buffer) => void;
  readonly #drops: DropCounter;
  /** Feedback is on all streams at once, but browsers only take it in the name of one of theirs. */
  #newestSsrc = 0;
  #feedbackAtMs = 0;
  #reportAtMs = 0;

  /** @param sections of the page's offer; of each kind the first that sends is published */
  constructor(sections: readonly OfferedSection[], drops: DropCounter, sendRtcp: (compound: Buffer) => void) {
    this.#drops = drops;
    this.#sendRtcp = sendRtcp;
    for (const { mid, accepted: section } of sections) {
      if (section?.direction !== "sends" || this.publication(section.kind)) continue;
      this.#sections.push({ mid, section, publication: new Publication(section) });
    }
  }

  get publications(): Publication[] {
    return this.#sections.map(({ publication }) => publication);
  }

  publication(kind: MediaKind): Publication | undefined {
    return this.publications.find((publication) => publication.kind === kind);
  }

  receiveRtp(clear: Buffer, nowMs: number): void {
    const packet = parseRtp(clear);
    if (!packet) {
      this.#drops.count("malformed");
      return;
    }
    this.#noteArrival(packet, nowMs);
    const stream = this.#streams.get(packet.ssrc) ?? this.#identify(packet);
    if (!stream) {
      this.#drops.count("unknown-stream");
      return;
    }
    const { publication, encoding, section, isRepair } = stream;
    this.#newestSsrc = encoding.ssrc;
    if (packet.payloadType !== (isRepair ? section.repairPayloadType : section.payloadType)) {
      this.#drops.count("unknown-stream");
      return;
    }
    const media = isRepair ? repaired(packet, encoding, section) : packet;
    // A repair without a packet in it is padding, with which the browser probes its uplink.
    if (!media) return;
    if (!isRepair) encoding.reception.receive(packet.sequenceNumber, packet.timestamp, nowMs);
    if (encoding.losses.receive(media.sequenceNumber, nowMs)) {
      publication.receive(encoding, media, clear.length, nowMs);
    }
  }

  receiveRtcp(packet: Extract<RtcpPacket, { type: "sender-report" }>, nowMs: number): void {
    const stream = this.#streams.get(packet.ssrc);
    if (!stream || stream.isRepair) return;
    stream.encoding.clock = packet.clock;
    stream.encoding.reception.noteSenderReport(packet.clock, nowMs);
    stream.publication.noteClock(stream.encoding, nowMs);
  }

  /** Asks for what is missing and says what has come: to be called every few milliseconds. */
  tick(nowMs: number, roundTripMs: number): void {
    const isReportDue = nowMs - this.#reportAtMs >= REPORT_EVERY_MS;
    const reports: ReportBlock[] = [];
    for (const encoding of this.#encodings()) {
      this.#askForMissing(encoding, nowMs, roundTripMs);
      const report = isReportDue ? encoding.reception.report(nowMs) : undefined;
      if (report) reports.push(report);
    }
    for (const publication of this.publications) {
      for (const { ssrc } of publication.takeAsks(nowMs)) this.#sendRtcp(buildKeyFrameRequest(ssrc));
    }
    if (isReportDue) {
      this.#reportAtMs = nowMs;
      if (reports.length > 0) this.#sendRtcp(buildReceiverReports(reports));
    }
    if (nowMs - this.#feedbackAtMs >= FEEDBACK_EVERY_MS) {
      this.#feedbackAtMs = nowMs;
      const body = this.#feedback.report();
      if (body) this.#sendRtcp(buildTransportFeedback(this.#newestSsrc, body));
    }
  }

  #askForMissing(encoding: Encoding, nowMs: number, roundTripMs: number): void {
    const missing = encoding.losses.due(nowMs, roundTripMs);
    if (missing.length > 0) this.#sendRtcp(buildNack(encoding.ssrc, missing));
  }

  #encodings(): Encoding[] {
    return this.publications.flatMap(({ encodings }) => [...encodings.values()]);
  }

  #noteArrival(packet: RtpPacket, nowMs: number): void {
    const id = this.#sections.find(({ section }) => section.extensions.transportSequence)?.section.extensions;
    const value = extensionOf(packet, id?.transportSequence);
    if (value && value.length >= 2) this.#feedback.receive(value.readUInt16BE(0), nowMs);
  }

  /** A stream that is new says in its first packets which it is (RFC 8852, RFC 9143); some are named in the offer. */
  #identify(packet: RtpPacket): Stream | undefined {
    const named = this.#sections.find(({ section: { ssrcs } }) => packet.ssrc === ssrcs?.ssrc);
    if (named) return this.#addMedia(packet.ssrc, named, "");
    const namedRepair = this.#sections.find(({ section: { ssrcs } }) => packet.ssrc === ssrcs?.repairSsrc);
    if (namedRepair) return this.#addRepair(packet.ssrc, namedRepair, "");
    const published = this.#sections.find(
      ({ mid, section }) => textOf(packet, section.extensions.mid) === mid && mid !== "",
    );
    if (!published) return undefined;
    const { section } = published;
    const repairedRid = textOf(packet, section.extensions.repairedRid);
    if (repairedRid !== undefined) return this.#addRepair(packet.ssrc, published, repairedRid);
    const rid = textOf(packet, section.extensions.rid) ?? "";
    return packet.payloadType === section.repairPayloadType
      ? this.#addRepair(packet.ssrc, published, rid)
      : this.#addMedia(packet.ssrc, published, rid);
  }

  #addMedia(ssrc: number, { section, publication }: PublishedSection, rid: string): Stream | undefined {
    const index = publication.rids.indexOf(rid);
    if (index === -1) return undefined;
    const encoding = new Encoding({ kind: section.kind, rid, index, ssrc });
    const before = publication.encodings.get(rid);
    if (before) this.#streams.delete(before.ssrc);
    publication.encodings.set(rid, encoding);
    return this.#add(ssrc, { publication, encoding, section, isRepair: false });
  }

  #addRepair(ssrc: number, { section, publication }: PublishedSection, rid: string): Stream | undefined {
    const encoding = publication.encodings.get(rid);
    return encoding && this.#add(ssrc, { publication, encoding, section, isRepair: true });
  }

  #add(ssrc: number, stream: Stream): Stream {
    this.#streams.set(ssrc, stream);
    return stream;
  }
}

function repaired(packet: RtpPacket, { ssrc }: Encoding, { payloadType }: AcceptedSection): RtpPacket | undefined {
  if (packet.payload.length <= 2) return undefined;
  const sequenceNumber = packet.payload.readUInt16BE(0);
  return { ...packet, payloadType, ssrc, sequenceNumber, payload: packet.payload.subarray(2) };
}

function textOf(packet: RtpPacket, id: number | undefined): string | undefined {
  return id === undefined ? undefined : extensionOf(packet, id)?.toString("latin1");
}
