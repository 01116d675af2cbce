import { unwrap } from "./sequence";

/** A power of two, so that a number's place does not jump when numbers go round. Some seconds of a large call. */
const SIZE = 4_096;

interface SentPacket {
  number: number;
  bytes: number;
  atMs: number;
}

/** What was sent to a page, by the numbers with which the page tells what came (transport-cc). */
export class SentPackets {
  readonly #packets = new Array<SentPacket | undefined>(SIZE);
  #next = 0;

  /** The number of the packet that is sent next, as its header has it. */
  get nextSequence(): number {
    return this.#next & 0xffff;
  }

  note(bytes: number, atMs: number): void {
    this.#packets[this.#next % SIZE] = { number: this.#next, bytes, atMs };
    this.#next++;
  }

  /** @returns `undefined` for one that is too old, was told of already, or was never sent */
  take(sequence: number): SentPacket | undefined {
    const number = unwrap(sequence, this.#next);
    const place = ((number % SIZE) + SIZE) % SIZE;
    const packet = this.#packets[place];
    if (packet?.number !== number) return undefined;
    this.#packets[place] = undefined;
    return packet;
  }
}
