/** Long enough to read a name twice. Milliseconds. */
const SHOWN_MS = 5000;
/** As long as it stands at least, when something else waits. */
const LEAST_MS = 2000;
/** What is older than these by then is not news. */
const MAX_WAITING = 3;

/** Shows one sentence after the other, each for a while, and nothing in between, so that the same words are said again. */
export class WordsQueue {
  readonly #show: (words: string) => void;
  #waiting: string[] = [];
  #shownAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(show: (words: string) => void) {
    this.#show = show;
  }

  say(words: string): void {
    this.#waiting = [...this.#waiting, words].slice(-MAX_WAITING);
    if (this.#timer === undefined) {
      this.#next();
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), Math.max(0, this.#shownAtMs + LEAST_MS - performance.now()));
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #next(): void {
    const words = this.#waiting.shift();
    this.#show(words ?? "");
    this.#shownAtMs = performance.now();
    const forMs = this.#waiting.length > 0 ? LEAST_MS : SHOWN_MS;
    this.#timer = words === undefined ? undefined : setTimeout(() => this.#next(), forMs);
  }
}
