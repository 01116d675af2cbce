import { randomBytes } from "node:crypto";
import type { RoomEvent } from "@/lib/contracts/events";

const encoder = new TextEncoder();

/** One event as it goes over the wire, with its place in the order of all events. */
export interface Frame {
  n: number;
  bytes: Uint8Array;
}

/** Numbers the events of all rooms, `EPOCH-N`. The epoch is new at each start: numbers of another one mean nothing. */
export class EventSequence {
  readonly #epoch = randomBytes(6).toString("hex");
  #last = 0;

  /** The number of the newest event. */
  get last(): number {
    return this.#last;
  }

  /** Gives an event the next number and encodes it (WHATWG HTML §9.2.5). */
  frame(event: RoomEvent): Frame {
    const n = ++this.#last;
    const text = `id: ${this.#epoch}-${n}\nevent: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`;
    return { n, bytes: encoder.encode(text) };
  }

  /** @returns the number in an id of this epoch that was given out; `undefined` for any other text */
  parse(lastEventId: string | null): number | undefined {
    const [, epoch, digits] = /^([0-9a-f]+)-(\d{1,15})$/.exec(lastEventId ?? "") ?? [];
    const n = Number(digits);
    return epoch === this.#epoch && n <= this.#last ? n : undefined;
  }
}
