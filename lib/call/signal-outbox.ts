import { MAX_SIGNALS_PER_REQUEST, type OutgoingSignal } from "@/lib/contracts/http";
import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";
import { mayPassForMember } from "./may-pass";

const BATCH = Math.min(64, MAX_SIGNALS_PER_REQUEST);
const BACK_OFF = { firstMs: 250, maxMs: 2000 };

/**
 * Sends a page's signals in order: one request in flight (parallel ones would overtake each other), what comes
 * meanwhile goes in the next as a batch, and a request that failed is sent again. The server drops a `seq` it has seen,
 * so that a retry of one that did arrive does no harm.
 */
export class SignalOutbox {
  readonly #post: (signals: OutgoingSignal[], signal: AbortSignal) => Promise<unknown>;
  readonly #disposal = new AbortController();
  #queue: OutgoingSignal[] = [];
  #seq = 0;
  #isSending = false;

  constructor(post: (signals: OutgoingSignal[], signal: AbortSignal) => Promise<unknown>) {
    this.#post = post;
  }

  push(signal: Omit<OutgoingSignal, "seq">): void {
    if (this.#disposal.signal.aborted) return;
    this.#queue.push({ ...signal, seq: this.#seq++ });
    if (!this.#isSending) void this.#drain();
  }

  /** Forgets what waits for someone who is gone. */
  forget(to: OutgoingSignal["to"]): void {
    this.#queue = this.#queue.filter((signal) => signal.to !== to);
  }

  close(): void {
    this.#disposal.abort();
    this.#queue = [];
  }

  async #drain(): Promise<void> {
    this.#isSending = true;
    // What is pushed in the same turn (an offer and its first candidates) shares a request.
    await Promise.resolve();
    const { signal } = this.#disposal;
    for (let failures = 0; this.#queue.length > 0; ) {
      const batch = this.#queue.slice(0, BATCH);
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
      const sent = new Set(batch);
      this.#queue = this.#queue.filter((queued) => !sent.has(queued));
    }
    this.#isSending = false;
  }
}
