/** Of what the downlink bears, so much may be spent on what was lost: a link that is too narrow loses all the more. */
const SHARE = 0.2;
const LEAST_BITS_PER_SECOND = 40_000;
const BURST_MS = 500;

/** How much a page may be sent once more: what comes in by time goes out by packets. */
export class RepairBudget {
  #bytes = 0;
  #atMs: number | undefined;

  /** @param estimate of the downlink, in bits a second */
  refill(estimate: number, nowMs: number): void {
    const perMs = Math.max(LEAST_BITS_PER_SECOND, estimate * SHARE) / 8 / 1000;
    const passedMs = this.#atMs === undefined ? BURST_MS : nowMs - this.#atMs;
    this.#atMs = nowMs;
    this.#bytes = Math.min(perMs * BURST_MS, this.#bytes + perMs * passedMs);
  }

  spend(bytes: number): void {
    this.#bytes -= bytes;
  }

  get isSpent(): boolean {
    return this.#bytes <= 0;
  }
}
