import { AppError } from "@/lib/app-error";
import type { KnockState } from "@/lib/contracts/hosting";
import { logWarning } from "@/lib/log";
import { backOffMs, soon, wait } from "./back-off";
import { mayPass } from "./may-pass";

const BACK_OFF = { firstMs: 500, maxMs: 4000 };

export interface DoorbellOptions {
  post(name: string, signal: AbortSignal): Promise<KnockState>;
  withdraw(): Promise<void>;
}

interface Ringing {
  name: string;
  letIn: () => void;
  refuse: (error: AppError) => void;
}

/**
 * Asks to be let in at a locked door. The answer comes as an event; a page that may have missed it, because its stream was
 * lost or the server is another one, asks again, and learns it so.
 */
export class Doorbell {
  readonly #options: DoorbellOptions;
  readonly #disposal = new AbortController();
  #ringing: Ringing | undefined;
  /** The one whose knock is on its way. */
  #posting: Ringing | undefined;

  constructor(options: DoorbellOptions) {
    this.#options = options;
  }

  /**
   * Waits for as long as it takes.
   *
   * @param signal gives up, which the server is told
   * @throws {AppError} the host's "no" in words; `aborted` when given up
   */
  async ring(name: string, signal: AbortSignal): Promise<void> {
    const giveUp = () => {
      this.leave();
      this.#ringing?.refuse(aborted());
    };
    const close = () => this.#ringing?.refuse(aborted());
    try {
      await new Promise<void>((letIn, refuse) => {
        this.#ringing = { name, letIn, refuse };
        if (signal.aborted || this.#disposal.signal.aborted) return refuse(aborted());
        signal.addEventListener("abort", giveUp);
        this.#disposal.signal.addEventListener("abort", close);
        this.ringAgain();
      });
    } finally {
      this.#ringing = undefined;
      signal.removeEventListener("abort", giveUp);
      this.#disposal.signal.removeEventListener("abort", close);
    }
  }

  /** The stream is there anew: what the server knew of this page, and what it answered, may be lost. */
  ringAgain(): void {
    if (this.#ringing && this.#posting !== this.#ringing) void this.#post(this.#ringing);
  }

  noteAnswer(isAdmitted: boolean): void {
    if (isAdmitted) this.#ringing?.letIn();
    else this.#ringing?.refuse(new AppError("room_locked", "The host did not let you in."));
  }

  /** Nobody waits at this page any more, and the host need not wait to see that. */
  leave(): void {
    if (this.#ringing) this.#withdraw();
  }

  #withdraw(): void {
    this.#options.withdraw().catch((error: unknown) => logWarning("The giving up was not said.", error));
  }

  close(): void {
    this.#disposal.abort();
  }

  async #post(ringing: Ringing): Promise<void> {
    this.#posting = ringing;
    const { signal } = this.#disposal;
    for (let failures = 0; this.#ringing === ringing && !signal.aborted; failures++) {
      try {
        const state = await this.#options.post(ringing.name, soon(signal));
        if (state === "admitted") ringing.letIn();
        // Given up meanwhile, and the server may have heard that before the knock.
        if (!this.#ringing) this.#withdraw();
        break;
      } catch (error) {
        if (!(error instanceof AppError)) logWarning("The knock failed.", error);
        // Said to be too soon after a refusal: that is the answer.
        else if (error.code === "rate_limited" || !mayPass(error)) ringing.refuse(error);
        await wait(backOffMs(failures, BACK_OFF), signal);
      }
    }
    if (this.#posting === ringing) this.#posting = undefined;
  }
}

function aborted(): AppError {
  return new AppError("aborted", "Cancelled.");
}
