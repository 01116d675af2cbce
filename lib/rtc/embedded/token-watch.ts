interface TokenWatchOptions {
  /** By `performance.now()`; `undefined` while there is no seat. */
  expiresAtMs: () => number | undefined;
  warningMs: number;
  onWillExpire: () => void;
  onDidExpire: () => void;
}

/**
 * Tells when the seat's token is about to end and when it has. Reads the end anew each time it wakes: a renewal moves
 * it.
 */
export class TokenWatch {
  readonly #options: TokenWatchOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The end that was last warned of, and the one that was last told to have come. */
  #warnedOf: number | undefined;
  #toldOf: number | undefined;

  constructor(options: TokenWatchOptions) {
    this.#options = options;
    this.check();
  }

  /** To be called after a renewal. */
  check(): void {
    clearTimeout(this.#timer);
    const expiresAtMs = this.#options.expiresAtMs();
    if (expiresAtMs === undefined) return;
    const leftMs = expiresAtMs - performance.now();
    if (leftMs <= 0 && this.#toldOf !== expiresAtMs) {
      this.#toldOf = expiresAtMs;
      this.#warnedOf = expiresAtMs;
      this.#options.onDidExpire();
    } else if (leftMs > 0 && leftMs <= this.#options.warningMs && this.#warnedOf !== expiresAtMs) {
      this.#warnedOf = expiresAtMs;
      this.#options.onWillExpire();
    }
    const untilNextMs = leftMs > this.#options.warningMs ? leftMs - this.#options.warningMs : leftMs;
    // A day at most: a longer wait than 2^31 ms would end at once.
    if (leftMs > 0) this.#timer = setTimeout(() => this.check(), Math.min(Math.max(untilNextMs, 1), 86_400_000));
  }

  /** Tells of the end where the server was first to say so. */
  expireNow(): void {
    const expiresAtMs = this.#options.expiresAtMs();
    if (this.#toldOf !== undefined && this.#toldOf === expiresAtMs) return;
    this.#toldOf = expiresAtMs;
    this.#options.onDidExpire();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
