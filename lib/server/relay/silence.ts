/** A page that is there checks its way every two and a half seconds, and reports once a second on what it receives. */
const SILENT_MS = 3_500;
/** This thread is to look every few milliseconds; after longer, what has come meanwhile has not been read yet. */
const A_STALL_MS = 500;

/** Which connections nothing has come by lately: a tab that is frozen, a computer that sleeps, a network that is gone. */
export class Silence {
  #lookedAtMs: number | undefined;
  #awakeSinceMs = Number.NEGATIVE_INFINITY;

  /** To be called every few milliseconds, before `isSilent`. */
  look(nowMs: number): void {
    if (this.#lookedAtMs !== undefined && nowMs - this.#lookedAtMs > A_STALL_MS) this.#awakeSinceMs = nowMs;
    this.#lookedAtMs = nowMs;
  }

  /** @param heardAtMs when something came by it last */
  isSilent(heardAtMs: number, nowMs: number): boolean {
    return nowMs - Math.max(heardAtMs, this.#awakeSinceMs) >= SILENT_MS;
  }
}
