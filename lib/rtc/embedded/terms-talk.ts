import type { Terms } from "./peer-signal";
import type { Timings } from "./timings";

interface TermsTalkOptions {
  readonly timings: Pick<Timings, "retryMs" | "maxRetryMs">;
  readonly isSignallingUp: () => boolean;
  /** Something that is on its way out says the same: one word instead of two. */
  readonly isHeldBack: () => boolean;
  /** What there is to say now. */
  readonly terms: (isHeard: boolean) => Terms;
  readonly send: (terms: Terms) => void;
}

/** What two clients say to each other of what they give and take: each change once, and the first word until it is heard. */
export class TermsTalk {
  readonly #options: TermsTalkOptions;
  #theirs: Terms | undefined;
  #said = "";
  #asks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TermsTalkOptions) {
    this.#options = options;
  }

  /** The other's last word. */
  get theirs(): Terms | undefined {
    return this.#theirs;
  }

  get hasSpoken(): boolean {
    return this.#said !== "";
  }

  /** What is to be said now, by whatever it goes with. */
  tell(): Terms {
    const terms = this.#options.terms(this.#theirs !== undefined);
    this.#said = wordsOf(terms);
    return terms;
  }

  /** This was said already: they have it, or will be told all. */
  noteTold(terms: Terms): void {
    this.#said = wordsOf(terms);
  }

  /** Says it, if it is not what was said last. */
  say(): void {
    if (this.#options.isHeldBack()) return;
    const before = this.#said;
    const terms = this.tell();
    if (this.#said !== before) this.#options.send(terms);
  }

  /** Takes in the other's word; `answer` is to follow when it has had its effect. */
  take(terms: Terms): void {
    this.#theirs = terms;
    clearTimeout(this.#timer);
  }

  /** Says what the other's last word has changed, or all of it where they have not heard it. */
  answer(): void {
    if (!this.#theirs?.isHeard) this.#said = "";
    this.say();
  }

  /** A signal may be lost with the server; a page that has not come so far will answer when it has. */
  askUntilHeard(): void {
    if (this.#theirs) return;
    clearTimeout(this.#timer);
    const { retryMs, maxRetryMs } = this.#options.timings;
    this.#timer = setTimeout(
      () => {
        this.#said = "";
        if (this.#options.isSignallingUp()) this.say();
        this.askUntilHeard();
      },
      Math.min(retryMs * 1.5 ** this.#asks++, maxRetryMs),
    );
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}

function wordsOf({ sends, wants, ways, quality }: Terms): string {
  // That they are heard is no news to them.
  return JSON.stringify([sends, wants, ways, quality]);
}
