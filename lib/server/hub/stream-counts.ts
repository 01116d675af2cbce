/** How many event streams are open, in all and from each address. */
export class StreamCounts {
  #total = 0;
  readonly #byAddress = new Map<string, number>();

  get total(): number {
    return this.#total;
  }

  from(address: string): number {
    return this.#byAddress.get(address) ?? 0;
  }

  /** Counts one more. @returns its end, to be called once */
  add(address: string): () => void {
    this.#total++;
    this.#byAddress.set(address, this.from(address) + 1);
    return () => {
      this.#total--;
      const left = this.from(address) - 1;
      if (left === 0) this.#byAddress.delete(address);
      else this.#byAddress.set(address, left);
    };
  }
}
