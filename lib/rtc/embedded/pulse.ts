/** Notices when a connection on which something should come falls silent, by the count of all that has come in. */
export class Pulse {
  readonly #silenceMs: number;
  #count = -1;
  #atMs = 0;

  constructor(silenceMs: number) {
    this.#silenceMs = silenceMs;
  }

  /** From now on silence counts. */
  begin(): void {
    this.#atMs = performance.now();
  }

  /** Nothing counted at all (0) is a browser without the figures, not a dead connection. */
  note(count: number): "beats" | "pauses" | "silent" {
    if (count === 0) return "pauses";
    const now = performance.now();
    if (count !== this.#count) {
      this.#count = count;
      this.#atMs = now;
      return "beats";
    }
    return now - this.#atMs >= this.#silenceMs ? "silent" : "pauses";
  }
}
