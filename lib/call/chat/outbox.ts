import { AppError } from "@/lib/app-error";
import { backOffMs, wait } from "@/lib/call/back-off";
import { mayPassForMember } from "@/lib/call/may-pass";
import type { ChatMessage } from "@/lib/contracts/members";
import { randomUuid } from "@/lib/random-uuid";

/** What this person wrote and the room does not have yet. */
export interface PendingMessage {
  /** The same at each try, and so stored once. */
  clientId: string;
  text: string;
  /** Unix milliseconds by this computer's clock. */
  writtenAt: number;
  /** Why it was not sent, in words; `null` while it is on its way. */
  problem: string | null;
}

interface OutboxOptions {
  post(message: Pick<PendingMessage, "clientId" | "text">, signal: AbortSignal): Promise<ChatMessage>;
  onChange(pending: readonly PendingMessage[]): void;
  onSent(message: ChatMessage): void;
}

const BACK_OFF = { firstMs: 500, maxMs: 4000 };
/** A request without an answer for so long is made again: the network it went by may be gone. */
const TIMEOUT_MS = 10_000;

/**
 * Sends messages in order, each once: one request in flight, and a message stays until the room is known to have it, by the
 * answer or by the room's own stream. While the server can't be reached it waits; what the server refuses is kept for the
 * person to decide.
 */
export class ChatOutbox {
  readonly #options: OutboxOptions;
  #pending: readonly PendingMessage[];
  #isOpen = false;
  #isDraining = false;
  #request: AbortController | undefined;
  #rest = new AbortController();

  /** @param pending of before a reload */
  constructor(pending: readonly PendingMessage[], options: OutboxOptions) {
    this.#pending = pending;
    this.#options = options;
  }

  add(text: string): void {
    this.#change([...this.#pending, { clientId: randomUuid(), text, writtenAt: Date.now(), problem: null }]);
    void this.#drain();
  }

  /** Sends what was refused once more, after what else is waiting. */
  retry(clientId: string): void {
    const again = this.#pending.filter((message) => message.clientId === clientId);
    const others = this.#pending.filter((message) => message.clientId !== clientId);
    this.#change([...others, ...again.map((message) => ({ ...message, problem: null }))]);
    void this.#drain();
  }

  /** Forgets a message: the person gave it up, or the room has it. */
  drop(isDropped: (clientId: string) => boolean): void {
    const left = this.#pending.filter(({ clientId }) => !isDropped(clientId));
    if (left.length < this.#pending.length) this.#change(left);
  }

  /** Nothing of it is sent by itself any more. @param problem why, in words */
  giveUp(problem: string): void {
    if (this.#pending.length > 0) this.#change(this.#pending.map((message) => ({ ...message, problem })));
  }

  /** The person is in the room, and what the room has is no longer here: from now on the rest is sent. */
  open(): void {
    this.#isOpen = true;
    this.#rest.abort();
    this.#rest = new AbortController();
    void this.#drain();
  }

  /** Until it is opened again nothing is sent. */
  shut(): void {
    this.#isOpen = false;
    this.#request?.abort();
    this.#rest.abort();
    this.#rest = new AbortController();
  }

  async #drain(): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    for (let failures = 0; this.#isOpen; ) {
      const next = this.#pending.find(({ problem }) => problem === null);
      if (!next) break;
      try {
        const sent = await this.#post(next);
        failures = 0;
        this.#options.onSent(sent);
        this.drop((clientId) => clientId === next.clientId);
      } catch (error) {
        if (mayPassForMember(error)) await wait(pauseMs(error) ?? backOffMs(failures++, BACK_OFF), this.#rest.signal);
        else this.#refuse(next, error);
      }
    }
    this.#isDraining = false;
  }

  async #post({ clientId, text }: PendingMessage): Promise<ChatMessage> {
    const request = new AbortController();
    this.#request = request;
    const timer = setTimeout(() => request.abort(), TIMEOUT_MS);
    try {
      return await this.#options.post({ clientId, text }, request.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  #refuse({ clientId }: PendingMessage, error: unknown): void {
    const problem = error instanceof AppError ? error.message : "Something went wrong.";
    this.#change(this.#pending.map((message) => (message.clientId === clientId ? { ...message, problem } : message)));
  }

  #change(pending: readonly PendingMessage[]): void {
    this.#pending = pending;
    this.#options.onChange(pending);
  }
}

/** How long the server asks to wait. */
function pauseMs(error: unknown): number | undefined {
  const seconds = error instanceof AppError ? error.retryAfterSeconds : undefined;
  return seconds === undefined ? undefined : seconds * 1000;
}
