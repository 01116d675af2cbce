import { GATHER_MS } from "./notice";

/** Collects what comes in quick succession, and tells of it together. */
export class Gathering<Item> {
  readonly #tell: (items: readonly Item[]) => void;
  #items: Item[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (items: readonly Item[]) => void) {
    this.#tell = tell;
  }

  add(...items: Item[]): void {
    if (items.length === 0) return;
    this.#items.push(...items);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell(this.#items.splice(0));
    }, GATHER_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
