export interface BackOff {
  /** Milliseconds. */
  firstMs: number;
  maxMs: number;
}

/**
 * How long to wait before try number `attempt` (0 is the first retry): doubling, bounded, with jitter over its upper
 * half, so that a room full of people does not come back to a restarted server in step.
 *
 * @returns milliseconds
 */
export function backOffMs(attempt: number, { firstMs, maxMs }: BackOff, random: () => number = Math.random): number {
  const ceiling = Math.min(maxMs, firstMs * 2 ** attempt);
  return ceiling * (0.5 + random() / 2);
}

/**
 * Waits; ends early, without an error, when `signal` is aborted.
 *
 * @param ms milliseconds
 */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
