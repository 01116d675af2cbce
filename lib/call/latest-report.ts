import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";
import { mayPassForMember } from "./may-pass";

const BACK_OFF = { firstMs: 500, maxMs: 4000 };

/** Tells the server what is so, in full each time: one request in flight, sent again until it arrives; what is out of date is not sent. */
export class LatestReport<T> {
  readonly #post: (value: T, signal: AbortSignal) => Promise<unknown>;
  readonly #disposal = new AbortController();
  #waiting: { value: T } | undefined;
  #isSending = false;

  constructor(post: (value: T, signal: AbortSignal) => Promise<unknown>) {
    this.#post = post;
  }

  /** What is so now. */
  say(value: T): void {
    this.#waiting = { value };
    if (!this.#isSending) void this.#send();
  }

  close(): void {
    this.#disposal.abort();
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    const { signal } = this.#disposal;
    for (let failures = 0; this.#waiting && !signal.aborted; ) {
      const said = this.#waiting;
      try {
        await this.#post(said.value, signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) break;
        if (mayPassForMember(error)) {
          await wait(backOffMs(failures++, BACK_OFF), signal);
          continue;
        }
        logWarning("What this page reported was refused.", error);
      }
      if (this.#waiting === said) this.#waiting = undefined;
    }
    this.#isSending = false;
  }
}
