import type { OutgoingSignal } from "@/lib/contracts/http";
import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";
import { mayPassForMember } from "./may-pass";

/** Were all of them offers, of 6 KB each, they would still fit into a request. */
const BATCH = 32;
const BACK_OFF = { firstMs: 250, maxMs: 2000 };

/**
 * Sends a page's signals in order, from `open` on: one request in flight (parallel ones would overtake each other), what comes
 * meanwhile goes in the next as a batch, and a request that failed is sent again. The server drops a `seq` it has seen,
 * so that a retry of one that did arrive does no harm.
 */
export class SignalOutbox {
  readonly #post: (signals: OutgoingSignal[], signal: AbortSignal) => Promise<unknown>;
  readonly #disposal = new AbortController();
  #queue: OutgoingSignal[] = [];
  #seq = 0;
  #isOpen = false;
  #isSending = false;

  constructor(post: (signals: OutgoingSignal[], signal: AbortSignal) => Promise<unknown>) {
    this.#post = post;
  }

  push(signal: Omit<OutgoingSignal, "seq">): void {
    if (this.#disposal.signal.aborted) return;
    this.#queue.push({ ...signal, seq: this.#seq++ });
    this.#send();
  }

  /** What is to go next: at first with the request for a seat, after which `open` or `clear` is called. */
  get next(): OutgoingSignal[] {
    return this.#queue.slice(0, BATCH);
  }

  /** There is a seat. @param passedOn what went with the request for it */
  open(passedOn: readonly OutgoingSignal[]): void {
    this.#isOpen = true;
    this.#remove(passedOn);
    this.#send();
  }

  /** Forgets everything that waits. */
  clear(): void {
    this.#queue = [];
  }

  /** Forgets what waits for someone who is gone. */
  forget(to: OutgoingSignal["to"]): void {
    this.#queue = this.#queue.filter((signal) => signal.to !== to);
  }

  close(): void {
    this.#disposal.abort();
    this.clear();
  }

  #send(): void {
    if (this.#isOpen && !this.#isSending && this.#queue.length > 0) void this.#drain();
  }

  #remove(signals: readonly OutgoingSignal[]): void {
    const removed = new Set(signals);
    this.#queue = this.#queue.filter((queued) => !removed.has(queued));
  }

  async #drain(): Promise<void> {
    this.#isSending = true;
    // What is pushed in the same turn (an offer and its first candidates) shares a request.
    await Promise.resolve();
    const { signal } = this.#disposal;
    for (let failures = 0; this.#queue.length > 0; ) {
      const batch = this.next;
      try {
        await this.#post(batch, signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) break;
        if (mayPassForMember(error)) {
          await wait(backOffMs(failures++, BACK_OFF), signal);
          continue;
        }
        logWarning(`${batch.length} signals were refused.`, error);
      }
      this.#remove(batch);
    }
    this.#isSending = false;
  }
}
