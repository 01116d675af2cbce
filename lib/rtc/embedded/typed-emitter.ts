import { logWarning } from "@/lib/log";
/** What a listener may be: the emitter's type parameter says what it is called with. */
export type Listener = (...args: never[]) => unknown;

interface Entry {
  listener: Listener;
  isOnce: boolean;
}

/**
 * The SDK's own event emitter, method for method: a listener is held once however often it is added, and one that
 * throws is reported and does not keep the others from hearing.
 */
export class TypedEmitter<Events extends { [event: string]: unknown[] }> {
  readonly #entries = new Map<string, Entry[]>();

  getListeners(event: string): Listener[] {
    return (this.#entries.get(event) ?? []).map((entry) => entry.listener);
  }

  on(event: string, listener: Listener): void {
    this.#add(event, listener, false);
  }

  once(event: string, listener: Listener): void {
    this.#add(event, listener, true);
  }

  off(event: string, listener: Listener): void {
    const left = (this.#entries.get(event) ?? []).filter((entry) => entry.listener !== listener);
    if (left.length > 0) this.#entries.set(event, left);
    else this.#entries.delete(event);
  }

  removeAllListeners(event?: string): void {
    if (event === undefined) this.#entries.clear();
    else this.#entries.delete(event);
  }

  /** For the owner of the emitter, not for those who listen. */
  protected emit<Event extends keyof Events & string>(event: Event, ...args: Events[Event]): void {
    for (const entry of [...(this.#entries.get(event) ?? [])]) {
      if (entry.isOnce) this.off(event, entry.listener);
      try {
        // The pairing of an event's name with its listener is checked where it is added, by the SDK's overloads.
        (entry.listener as (...args: Events[Event]) => unknown).apply(this, args);
      } catch (error) {
        logWarning(`A listener of "${event}" failed.`, error);
      }
    }
  }

  #add(event: string, listener: Listener, isOnce: boolean): void {
    const entries = this.#entries.get(event) ?? [];
    if (entries.some((entry) => entry.listener === listener)) return;
    this.#entries.set(event, [...entries, { listener, isOnce }]);
  }
}
