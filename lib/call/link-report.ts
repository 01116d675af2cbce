import type { UnreachablePeer } from "@/lib/contracts/members";
import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";
import { mayPassForMember } from "./may-pass";

const BACK_OFF = { firstMs: 1000, maxMs: 8000 };

/**
 * Keeps the server's word of whom this page cannot reach the same as what is so: one request in flight, sent again until
 * it arrives, and anew after a restart, when the server's word is that of a page that has said nothing.
 */
export class LinkReport {
  readonly #post: (unreachable: UnreachablePeer[], signal: AbortSignal) => Promise<unknown>;
  readonly #disposal = new AbortController();
  #said: UnreachablePeer[] = [];
  /** `null` until the server has told what it knows: this page is no member yet. */
  #known: UnreachablePeer[] | null = null;
  #isSending = false;

  constructor(post: (unreachable: UnreachablePeer[], signal: AbortSignal) => Promise<unknown>) {
    this.#post = post;
  }

  /** What is so now. */
  say(unreachable: UnreachablePeer[]): void {
    this.#said = unreachable;
    void this.#send();
  }

  /** What the server tells everyone of this page. */
  noteKnown(unreachable: UnreachablePeer[]): void {
    this.#known = unreachable;
    void this.#send();
  }

  close(): void {
    this.#disposal.abort();
  }

  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    const { signal } = this.#disposal;
    for (let failures = 0; !signal.aborted && this.#known && !isSame(this.#said, this.#known); ) {
      const said = this.#said;
      try {
        await this.#post(said, signal);
        this.#known = said;
        failures = 0;
      } catch (error) {
        if (signal.aborted) break;
        if (mayPassForMember(error)) {
          await wait(backOffMs(failures++, BACK_OFF), signal);
          continue;
        }
        logWarning("What this page said of its links was refused.", error);
        this.#known = said;
      }
    }
    this.#isSending = false;
  }
}

function isSame(one: UnreachablePeer[], other: UnreachablePeer[]): boolean {
  const obstacles = new Map(one.map(({ uid, obstacle }) => [uid, obstacle]));
  return one.length === other.length && other.every(({ uid, obstacle }) => obstacles.get(uid) === obstacle);
}
