import { logWarning } from "@/lib/log";
import type { SignallingEvent } from "@/lib/rtc/embedded/signalling";

/** What comes for one of a tab's clients: kept until the client listens. */
export class SignalInbox {
  readonly #listeners = new Set<(event: SignallingEvent) => void>();
  #early: SignallingEvent[] = [];

  /** @returns the disposer */
  listen(listener: (event: SignallingEvent) => void): () => void {
    this.#listeners.add(listener);
    for (const event of this.#early.splice(0)) deliver(listener, event);
    return () => this.#listeners.delete(listener);
  }

  put(event: SignallingEvent): void {
    // Offers come as soon as one is known to the others, the client a moment later. Who is there it reads from `peers`.
    if (this.#listeners.size === 0 && event.type === "signal") this.#early.push(event);
    for (const listener of this.#listeners) deliver(listener, event);
  }
}

/** One listener's mistake is not the stream's. */
function deliver(listener: (event: SignallingEvent) => void, event: SignallingEvent): void {
  try {
    listener(event);
  } catch (error) {
    logWarning(`A signalling event of type ${event.type} could not be taken in.`, error);
  }
}
