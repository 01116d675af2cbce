import type { RoomEvent } from "@/lib/contracts/events";
import type { Instance, Uid } from "@/lib/contracts/identifiers";
import type { Frame } from "./event-sequence";

/** Who an event is for: everyone with a stream (of a locked room: members only), those among them who are no members, members only, or one page. */
export type Audience =
  | { to: "room" }
  | { to: "lobby" }
  | { to: "members" }
  | { to: "page"; uid: Uid; instance: Instance };

export interface LoggedEvent extends Frame {
  event: RoomEvent;
  audience: Audience;
  atMs: number;
}

/** A room's last events, for streams that come back. */
export class EventLog {
  #events: LoggedEvent[] = [];
  #byteCount = 0;
  /** Every event up to this number is forgotten, or was never this room's to know. */
  #forgottenThrough: number;

  constructor(forgottenThrough: number) {
    this.#forgottenThrough = forgottenThrough;
  }

  get isEmpty(): boolean {
    return this.#events.length === 0;
  }

  append(logged: LoggedEvent): void {
    this.#events.push(logged);
    this.#byteCount += logged.bytes.length;
  }

  /** Forgets what is older than `sinceMs`, and the oldest beyond `maxBytes`. */
  forget(sinceMs: number, maxBytes: number): void {
    let dropped = 0;
    for (const { atMs, n, bytes } of this.#events) {
      if (atMs > sinceMs && this.#byteCount <= maxBytes) break;
      this.#byteCount -= bytes.length;
      this.#forgottenThrough = n;
      dropped++;
    }
    if (dropped > 0) this.#events = this.#events.slice(dropped);
  }

  /** @returns everything after event number `n`; `undefined` when some of it may be forgotten */
  since(n: number): LoggedEvent[] | undefined {
    if (n < this.#forgottenThrough) return undefined;
    return this.#events.filter((logged) => logged.n > n);
  }
}
