/** Every time the hub goes by, in milliseconds: one object, so that a test can shorten them. */
export interface HubTimings {
  /** How often the hub looks at its clocks. Everything below is late by at most this. */
  tickMs: number;
  pingMs: number;
  /** A stream that has answered no ping for so long is dead, and its person gone. */
  pongTimeoutMs: number;
  /** A member's seat is kept so long without a stream. */
  noStreamMs: number;
  /** The same, for one whose page said that it goes: gone within 3 s. */
  awayMs: number;
  /** How far back a stream can be resumed. */
  ringMs: number;
  /** An expired token has so long to be renewed before its stream ends. */
  tokenGraceMs: number;
  /** A room's messages, and the right to renew an expired token, outlast its last member by so much. */
  sessionMs: number;
  /** Someone who was not let in may knock again after so long. */
  knockAgainMs: number;
  /** How often ended sessions are looked for. */
  sweepMs: number;
}

export const HUB_TIMINGS: HubTimings = {
  tickMs: 100,
  pingMs: 5_000,
  pongTimeoutMs: 12_000,
  noStreamMs: 10_000,
  awayMs: 2_800,
  ringMs: 10_000,
  tokenGraceMs: 60_000,
  sessionMs: 10 * 60_000,
  knockAgainMs: 30_000,
  sweepMs: 5_000,
};

/** What a room may hold at most, so that nobody can fill this process's memory. How many streams there may be is a setting. */
export const HUB_LIMITS = {
  /** Waiting to be read by one slow reader. */
  queueBytes: 4 * 1024 * 1024,
  /** Kept for resuming, a room. */
  ringBytes: 4 * 1024 * 1024,
  /** At one room's door. */
  knocks: 50,
} as const;
