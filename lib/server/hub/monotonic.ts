/** A clock that is never set: for how long, not for when. Milliseconds. */
export function monotonicMs(): number {
  return performance.now();
}
