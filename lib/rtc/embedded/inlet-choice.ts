import { comesIn, type Inlet } from "./inlet";
import { MEDIA_KINDS, type MediaKind } from "./peer-signal";

interface InletChoiceOptions {
  /** Whether what comes in by it can be expected to go on. */
  readonly isUsable: (inlet: Inlet) => boolean;
  /** What is received, looked at each time: it may change. */
  readonly received: () => readonly MediaKind[];
  readonly picturePatienceMs: number;
  /** Another one is the current one now. */
  readonly onTaken: () => void;
}

/** Where someone's media comes in. A change loses nothing: another inlet is taken when all that is received has come in by it. */
export class InletChoice {
  readonly #options: InletChoiceOptions;
  #current: Inlet | undefined;
  #changing: { inlet: Inlet; end: AbortController } | undefined;
  #waiters: { resolve: () => void; reject: (reason: unknown) => void }[] = [];

  constructor(options: InletChoiceOptions) {
    this.#options = options;
  }

  get current(): Inlet | undefined {
    return this.#current;
  }

  /** @param next the best one there is; said again whenever that may have changed */
  choose(next: Inlet | undefined): void {
    const { isUsable } = this.#options;
    if (!next || next === this.#current) {
      this.#giveUpChange();
    } else if (!this.#current) {
      this.#take(next);
    } else if (this.#changing?.inlet !== next) {
      this.#giveUpChange();
      const end = new AbortController();
      this.#changing = { inlet: next, end };
      void this.#takeWhenItComes(next, end.signal);
    } else if (isUsable(next) && !isUsable(this.#current)) {
      this.#take(next);
    }
  }

  /** Resolves when there is one; rejects with what `close` was given. */
  async ready(): Promise<void> {
    if (this.#current) return;
    await new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** @param reason for who still waits */
  close(reason: Error): void {
    this.#giveUpChange();
    for (const waiter of this.#waiters.splice(0)) waiter.reject(reason);
  }

  async #takeWhenItComes(inlet: Inlet, signal: AbortSignal): Promise<void> {
    const { isUsable, received, picturePatienceMs } = this.#options;
    const expected = () => (isUsable(inlet) ? received() : MEDIA_KINDS);
    if (await comesIn(inlet, expected, { picturePatienceMs, signal })) this.#take(inlet);
  }

  #take(inlet: Inlet): void {
    this.#giveUpChange();
    this.#current = inlet;
    this.#options.onTaken();
    for (const waiter of this.#waiters.splice(0)) waiter.resolve();
  }

  #giveUpChange(): void {
    this.#changing?.end.abort();
    this.#changing = undefined;
  }
}
