/** Durations by what took them, in milliseconds. */
export class Tally {
  readonly #durationsMs = new Map<string, number[]>();

  add(what: string, ms: number): void {
    const known = this.#durationsMs.get(what);
    if (known) known.push(ms);
    else this.#durationsMs.set(what, [ms]);
  }

  /** @returns how many, the middle one, the slowest but for one in a hundred, and the slowest */
  rows(): { what: string; count: number; p50Ms: number; p99Ms: number; maxMs: number }[] {
    return Array.from(this.#durationsMs, ([what, unsorted]) => {
      const sorted = unsorted.toSorted((a, b) => a - b);
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      return { what, count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
    });
  }
}
