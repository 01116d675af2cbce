/** So many bytes are counted before older ones weigh half: some seconds of a small picture. */
const MEMORY_BYTES = 40_000;

/** How a stream's bytes are shared among its temporal layers. */
export class TemporalShares {
  readonly #bytes: number[] = [];
  #total = 0;

  add(layer: number, bytes: number): void {
    while (this.#bytes.length <= layer) this.#bytes.push(0);
    this.#bytes[layer] = (this.#bytes[layer] ?? 0) + bytes;
    this.#total += bytes;
    if (this.#total < MEMORY_BYTES) return;
    this.#total /= 2;
    for (const [at, counted] of this.#bytes.entries()) this.#bytes[at] = counted / 2;
  }

  /** @returns of all that comes, what the layers up to each are, 0 to 1: the last is 1; empty while nothing has come */
  get upToEach(): number[] {
    let sum = 0;
    return this.#bytes.map((bytes) => {
      sum += bytes;
      return sum / this.#total;
    });
  }
}
