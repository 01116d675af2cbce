/** As many as an attacker would have to hold back before one of them passes for new; RFC 3711 asks for 64. */
const SIZE = 1024;

/** Which packets have been there (RFC 3711 §3.3.2): each index passes once, and none from before the window. */
export class ReplayWindow {
  readonly #seen = new Uint8Array(SIZE);
  #highest = -1;

  /** The greatest index that was added; −1 before the first. */
  get highest(): number {
    return this.#highest;
  }

  isNew(index: number): boolean {
    if (index > this.#highest) return true;
    return index > this.#highest - SIZE && index >= 0 && this.#seen[index % SIZE] === 0;
  }

  /** To be called for what is authentic only: a forged number must not move the window. */
  add(index: number): void {
    if (index > this.#highest) {
      if (index - this.#highest >= SIZE) this.#seen.fill(0);
      else for (let skipped = this.#highest + 1; skipped < index; skipped++) this.#seen[skipped % SIZE] = 0;
      this.#highest = index;
    }
    this.#seen[index % SIZE] = 1;
  }
}
