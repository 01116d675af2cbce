import { RtpHeader, type RtpPacket, Vp8RtpPayload } from "werift";
import type { MediaSession } from "./media-session";

/** Of a picture that is published twice (dual stream): the whole one, or the small one. */
export type Layer = "high" | "low";

const CLOCK_HZ = 90_000;
const SEQUENCES = 2 ** 16;
const TIMESTAMPS = 2 ** 32;

/**
 * One subscriber's share of one source. Whichever layer flows arrives under the SSRC that was announced, as one stream
 * with no gap in its numbers: the subscriber does not know of layers (RFC 7667 §3.7).
 */
export class Downlink {
  readonly subscriber: MediaSession;
  /** Asked for. What flows changes with this layer's next key frame. */
  wanted: Layer = "high";
  /** The picture is held back, as it is when the network has room for the sound alone. */
  isPaused = false;
  readonly #ssrc: number;
  #layer: Layer = "high";
  /** The layer's own number that its part of the stream began with. */
  #firstSequence: number | undefined;
  #shift = { sequence: 0, timestamp: 0 };
  #last = { sequence: 0, timestamp: 0, atMs: 0 };

  constructor(subscriber: MediaSession, ssrc: number) {
    this.subscriber = subscriber;
    this.#ssrc = ssrc;
  }

  /** What flows now. */
  get layer(): Layer {
    return this.#layer;
  }

  /** @param wanted of the layers that there are, the one that is to flow */
  forward(layer: Layer, wanted: Layer, { header, payload }: RtpPacket): void {
    if (this.isPaused) return;
    if (layer !== this.#layer) {
      if (layer !== wanted || !startsKeyFrame(payload)) return;
      this.#switchTo(layer, header);
    }
    // What a repair brings of the time before this layer flowed is of no use any more.
    if (this.#firstSequence !== undefined && isBefore(header.sequenceNumber, this.#firstSequence)) return;
    const sequenceNumber = modulo(header.sequenceNumber + this.#shift.sequence, SEQUENCES);
    const timestamp = modulo(header.timestamp + this.#shift.timestamp, TIMESTAMPS);
    if (this.#last.atMs === 0 || !isBefore(sequenceNumber, this.#last.sequence)) {
      this.#last = { sequence: sequenceNumber, timestamp, atMs: performance.now() };
    }
    this.subscriber.sendRtp(new RtpHeader({ ...header, ssrc: this.#ssrc, sequenceNumber, timestamp }), payload);
  }

  /** The layer's own number for one that the subscriber knows. */
  sequenceAtPublisher(sequence: number): number {
    return modulo(sequence - this.#shift.sequence, SEQUENCES);
  }

  /** The subscriber's time for one of the layer's. */
  timestampAtSubscriber(timestamp: number): number {
    return modulo(timestamp + this.#shift.timestamp, TIMESTAMPS);
  }

  #switchTo(layer: Layer, header: RtpHeader): void {
    this.#layer = layer;
    this.#firstSequence = header.sequenceNumber;
    if (this.#last.atMs === 0) return;
    const elapsed = Math.max(1, Math.round(((performance.now() - this.#last.atMs) / 1000) * CLOCK_HZ));
    this.#shift = {
      sequence: this.#last.sequence + 1 - header.sequenceNumber,
      timestamp: this.#last.timestamp + elapsed - header.timestamp,
    };
  }
}

/** RFC 7741 §4.2, §4.3. */
function startsKeyFrame(payload: Buffer): boolean {
  if (payload.length === 0) return false;
  const { isKeyframe, isPartitionHead, pid } = Vp8RtpPayload.deSerialize(payload);
  return isPartitionHead && pid === 0 && isKeyframe;
}

/** RFC 3550 §A.1: numbers go round. */
function isBefore(one: number, other: number): boolean {
  return modulo(other - one - 1, SEQUENCES) < SEQUENCES / 2 - 1;
}

function modulo(value: number, base: number): number {
  return ((value % base) + base) % base;
}
