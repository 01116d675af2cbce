import { modulo, unwrap } from "./sequence";

const TIMESTAMPS = 2 ** 32;
const PICTURES = 2 ** 15;
/** How many changes back a packet that comes late still finds its place. */
const KEPT_SHIFTS = 64;

/** The numbers of a packet, as its source gave them or as the subscriber is given them. */
export interface StreamNumbers {
  sequenceNumber: number;
  timestamp: number;
  /** VP8's, 0 where there is none. */
  pictureId: number;
  tl0PictureIndex: number;
}

/** What is added to the numbers from some packet on, all without going round. */
interface Shift {
  from: number;
  sequence: number;
  picture: number;
}

/**
 * One stream out of many stretches: of one layer, of another after it, of another person. Whoever receives it sees one
 * stream whose numbers go on without a gap (RFC 7667 §3.7), except where packets are missing that may yet come.
 */
export class StreamRewriter {
  #shifts: Shift[] = [];
  /** The source's newest, without going round. */
  #highestIn = 0;
  #newestPictureIn = 0;
  #lastDroppedPicture: number | undefined;
  #timestampShift = 0;
  #tl0Shift = 0;
  /** What the subscriber has been given, without going round but for the time stamp. */
  #highestOut: number;
  #newestPictureOut: number;
  #newestTl0Out = 0;
  #newestTimestampOut: number;
  #isInStretch = false;

  /** @param start the numbers that the stream begins after */
  constructor(start: Pick<StreamNumbers, "sequenceNumber" | "timestamp" | "pictureId">) {
    this.#highestOut = start.sequenceNumber;
    this.#newestTimestampOut = start.timestamp;
    this.#newestPictureOut = start.pictureId;
  }

  /** Whether a stretch has begun. */
  get isInStretch(): boolean {
    return this.#isInStretch;
  }

  /** The newest time stamp that the subscriber was given. */
  get newestTimestamp(): number {
    return this.#newestTimestampOut;
  }

  /** What is added to the source's time stamps in this stretch. */
  get timestampShift(): number {
    return this.#timestampShift;
  }

  /**
   * The stream goes on with what another source sends.
   *
   * @param first its first packet
   * @param timestamp what the subscriber is given for its time stamp
   */
  begin(first: StreamNumbers, timestamp: number): void {
    this.#isInStretch = true;
    this.#highestIn = first.sequenceNumber - 1;
    this.#newestPictureIn = first.pictureId;
    this.#lastDroppedPicture = undefined;
    this.#timestampShift = timestamp - first.timestamp;
    this.#tl0Shift = this.#newestTl0Out + 1 - first.tl0PictureIndex;
    this.#newestTimestampOut = modulo(timestamp, TIMESTAMPS);
    this.#shifts = [
      {
        from: first.sequenceNumber,
        sequence: this.#highestOut + 1 - first.sequenceNumber,
        picture: this.#newestPictureOut + 1 - first.pictureId,
      },
    ];
  }

  /** @returns the packet's numbers for the subscriber; `undefined` for one from before the stretch */
  rewrite(numbers: StreamNumbers): StreamNumbers | undefined {
    const sequence = unwrap(numbers.sequenceNumber, this.#highestIn);
    const shift = this.#shiftAt(sequence);
    if (!shift) return undefined;
    const picture = unwrap(numbers.pictureId, this.#newestPictureIn, PICTURES);
    const out = {
      sequenceNumber: sequence + shift.sequence,
      timestamp: modulo(numbers.timestamp + this.#timestampShift, TIMESTAMPS),
      pictureId: picture + shift.picture,
      tl0PictureIndex: modulo(numbers.tl0PictureIndex + this.#tl0Shift, 2 ** 8),
    };
    if (sequence > this.#highestIn) {
      this.#highestIn = sequence;
      this.#highestOut = out.sequenceNumber;
      this.#newestTimestampOut = out.timestamp;
      this.#newestTl0Out = out.tl0PictureIndex;
      this.#newestPictureIn = Math.max(picture, this.#newestPictureIn);
      this.#newestPictureOut = Math.max(out.pictureId, this.#newestPictureOut);
    }
    return { ...out, sequenceNumber: modulo(out.sequenceNumber), pictureId: modulo(out.pictureId, PICTURES) };
  }

  /**
   * The subscriber is not given a packet, and shall not miss it.
   *
   * @param numbers without a picture: of padding
   */
  drop(numbers: { sequenceNumber: number; pictureId: number | undefined }): void {
    const sequence = unwrap(numbers.sequenceNumber, this.#highestIn);
    // Its number was left out for it already: it stays a gap.
    if (sequence <= this.#highestIn || !this.#isInStretch) return;
    const picture =
      numbers.pictureId === undefined
        ? this.#newestPictureIn
        : unwrap(numbers.pictureId, this.#newestPictureIn, PICTURES);
    const last = this.#shifts[this.#shifts.length - 1] ?? { sequence: 0, picture: 0 };
    const isNewPicture = picture !== this.#lastDroppedPicture && picture > this.#newestPictureIn;
    this.#lastDroppedPicture = picture;
    this.#newestPictureIn = Math.max(picture, this.#newestPictureIn);
    // What is missing before it may yet come, at the numbers that were left for it.
    this.#highestOut += sequence - this.#highestIn - 1;
    this.#highestIn = sequence;
    this.#shifts.push({
      from: sequence + 1,
      sequence: last.sequence - 1,
      picture: last.picture - (isNewPicture ? 1 : 0),
    });
    if (this.#shifts.length > KEPT_SHIFTS) this.#shifts.shift();
  }

  /** Until the next `begin`, nothing is of this stream. */
  end(): void {
    this.#isInStretch = false;
    this.#shifts = [];
  }

  #shiftAt(sequence: number): Shift | undefined {
    for (let index = this.#shifts.length - 1; index >= 0; index--) {
      const shift = this.#shifts[index];
      if (shift && shift.from <= sequence) return shift;
    }
    return undefined;
  }
}
