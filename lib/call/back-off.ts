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

/** A request that has had no answer for so long is made anew: the network that it went by may be gone. Milliseconds. */
const TIMEOUT_MS = 10_000;

/** Aborts with `signal`, and when a request has taken too long. (Safari before 17.4 has no `AbortSignal.any`.) */
export function soon(signal: AbortSignal): AbortSignal {
  const request = new AbortController();
  const abort = () => request.abort();
  setTimeout(abort, TIMEOUT_MS);
  signal.addEventListener("abort", abort, { once: true, signal: request.signal });
  if (signal.aborted) abort();
  return request.signal;
}
