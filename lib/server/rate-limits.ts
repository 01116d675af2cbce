import "server-only";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/app-error";

const MINUTE_SECONDS = 60;
/** Calls a minute from one address. An office of a hundred people may be behind one. */
const TOKENS_PER_MINUTE = 600;
const CALLS_PER_MINUTE = 60_000;

/** What is counted: `tokens` for `POST /api/token`, `calls` for every call. */
export type RateLimit = "tokens" | "calls";

/** Counts calls by address, in memory. */
export class RateLimits {
  readonly #limiters: Record<RateLimit, RateLimiterMemory>;
  readonly #isOn: boolean;

  constructor(isOn: boolean) {
    this.#isOn = isOn;
    this.#limiters = {
      tokens: new RateLimiterMemory({ points: TOKENS_PER_MINUTE, duration: MINUTE_SECONDS }),
      calls: new RateLimiterMemory({ points: CALLS_PER_MINUTE, duration: MINUTE_SECONDS }),
    };
  }

  /** @throws {AppError} `rate_limited`, with when to try again */
  async count(limit: RateLimit, address: string): Promise<void> {
    if (!this.#isOn) return;
    try {
      await this.#limiters[limit].consume(address);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      throw new AppError(
        "rate_limited",
        `Too many requests from your network. Try again in ${retryAfterSeconds} seconds.`,
        { retryAfterSeconds },
      );
    }
  }
}
