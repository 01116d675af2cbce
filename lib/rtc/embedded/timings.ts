/** Every wait of the embedded transport, in milliseconds, in one object so that tests can be quick. */
export interface Timings {
  /** How long one who was there first waits for the newcomer's offer before making its own. */
  passiveWaitMs: number;
  /** From a link's making until it is called unreachable (network quality 6). */
  unreachableMs: number;
  /** From the loss of a link that was up until it is called down (network quality 6). */
  downMs: number;
  /** From a link's loss to the first ICE restart. */
  firstRestartMs: number;
  /** From an offer without result to the next try; each further wait is half as long again, up to the maximum. */
  retryMs: number;
  maxRetryMs: number;
  /** How often `network-quality` is emitted and statistics are read. */
  statsMs: number;
  /** How often `volume-indicator` is emitted. */
  volumeMs: number;
  /** How long before the token's end `token-privilege-will-expire` is emitted. */
  expiryWarningMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  passiveWaitMs: 1000,
  unreachableMs: 8000,
  downMs: 10_000,
  firstRestartMs: 1000,
  retryMs: 4000,
  maxRetryMs: 15_000,
  statsMs: 2000,
  volumeMs: 2000,
  expiryWarningMs: 30_000,
};
