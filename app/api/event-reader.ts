import { createParser } from "eventsource-parser";
import { parseRoomEvent, type RoomEvent } from "@/lib/contracts/events";

/** Reads an event stream as it comes, each event parsed by the contract. */
export class EventReader {
  lastEventId = "";
  isOpen = true;
  #received: RoomEvent[] = [];

  constructor(body: ReadableStream<Uint8Array>) {
    void this.#read(body);
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parser = createParser({
      onEvent: ({ id, event = "message", data }) => {
        this.lastEventId = id ?? this.lastEventId;
        const parsed = parseRoomEvent(event, data);
        if (!parsed) throw new Error(`No contract has the event ${event}.`);
        this.#received.push(parsed);
      },
    });
    const decoder = new TextDecoder();
    for await (const chunk of body) parser.feed(decoder.decode(chunk, { stream: true }));
    this.isOpen = false;
  }

  /** All that was sent since the last call: what the server has sent, it has queued already. */
  async received(): Promise<RoomEvent[]> {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    return this.#received.splice(0);
  }
}
