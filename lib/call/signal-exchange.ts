import type { OutgoingSignal } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";
import type { Peer, SignallingEvent } from "@/lib/rtc/embedded/signalling";
import { SignalOutbox } from "./signal-outbox";

/** The signals of a tab, out and in: what goes is queued, what comes is kept until the client listens. */
export class SignalExchange {
  readonly #outbox: SignalOutbox;
  readonly #listeners = new Set<(event: SignallingEvent) => void>();
  #early: SignallingEvent[] = [];

  constructor(post: (signals: OutgoingSignal[], signal: AbortSignal) => Promise<unknown>) {
    this.#outbox = new SignalOutbox(post);
  }

  /** @returns the disposer */
  listen(listener: (event: SignallingEvent) => void): () => void {
    this.#listeners.add(listener);
    for (const event of this.#early.splice(0)) deliver(listener, event);
    return () => this.#listeners.delete(listener);
  }

  send(to: Peer, signal: unknown): void {
    this.#outbox.push({ to: to.uid, toInstance: to.instance, signal: JSON.parse(JSON.stringify(signal)) });
  }

  forget(uid: Uid): void {
    this.#outbox.forget(uid);
  }

  emit(event: SignallingEvent): void {
    // Offers come as soon as one is a member, the client a moment later. Who is there it reads from `peers`.
    if (this.#listeners.size === 0 && event.type === "signal") this.#early.push(event);
    for (const listener of this.#listeners) deliver(listener, event);
  }

  close(): void {
    this.#outbox.close();
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
