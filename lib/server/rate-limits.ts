import "server-only";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/app-error";

/** What is counted by address: `tokens` for `POST /api/token`, `arrivals` for knocks, `writing` for messages, `calls` for every call. */
export type AddressLimit = "tokens" | "calls" | "arrivals" | "writing";
/** What is counted by token: by its room and uid. */
export type MemberLimit =
  | "joins"
  | "signals"
  | "links"
  | "offers"
  | "relays"
  | "messages"
  | "reactions"
  | "hands"
  | "names"
  | "knocks"
  | "screens";

interface Limit {
  points: number;
  durationSeconds: number;
  words(retryAfter: string): string;
}

const fromNetwork = (retryAfter: string) => `Too many requests from your network. Try again ${retryAfter}.`;
const slowDown = (retryAfter: string) => `Slow down a little: try again ${retryAfter}.`;

const LIMITS: Record<AddressLimit | MemberLimit, Limit> = {
  // An office of a hundred people may be behind one address.
  tokens: { points: 600, durationSeconds: 60, words: fromNetwork },
  arrivals: { points: 300, durationSeconds: 60, words: fromNetwork },
  // Each may be kept, with the room, on this server's disk.
  writing: { points: 1_200, durationSeconds: 60, words: fromNetwork },
  // A page that comes back again and again; a hundred at once are one that does not know what became of the first.
  joins: { points: 200, durationSeconds: 10, words: slowDown },
  // One request is in flight a page, with all that waited meanwhile.
  signals: { points: 300, durationSeconds: 10, words: slowDown },
  links: { points: 60, durationSeconds: 10, words: slowDown },
  offers: { points: 60, durationSeconds: 10, words: slowDown },
  relays: { points: 60, durationSeconds: 10, words: slowDown },
  calls: { points: 60_000, durationSeconds: 60, words: fromNetwork },
  messages: { points: 20, durationSeconds: 10, words: slowDown },
  reactions: { points: 10, durationSeconds: 5, words: slowDown },
  hands: { points: 10, durationSeconds: 5, words: slowDown },
  names: { points: 10, durationSeconds: 10, words: slowDown },
  // A page knocks again each time that its stream is opened anew.
  knocks: { points: 20, durationSeconds: 60, words: slowDown },
  screens: { points: 20, durationSeconds: 60, words: slowDown },
};

/** Counts calls, in memory. */
export class RateLimits {
  readonly #limiters: Record<AddressLimit | MemberLimit, RateLimiterMemory> = {
    tokens: limiterOf(LIMITS.tokens),
    calls: limiterOf(LIMITS.calls),
    messages: limiterOf(LIMITS.messages),
    reactions: limiterOf(LIMITS.reactions),
    hands: limiterOf(LIMITS.hands),
    arrivals: limiterOf(LIMITS.arrivals),
    names: limiterOf(LIMITS.names),
    knocks: limiterOf(LIMITS.knocks),
    screens: limiterOf(LIMITS.screens),
    writing: limiterOf(LIMITS.writing),
    joins: limiterOf(LIMITS.joins),
    signals: limiterOf(LIMITS.signals),
    links: limiterOf(LIMITS.links),
    offers: limiterOf(LIMITS.offers),
    relays: limiterOf(LIMITS.relays),
  };
  readonly #isOn: boolean;
  readonly #onRefused: (limit: AddressLimit | MemberLimit) => void;

  constructor(isOn: boolean, onRefused: (limit: AddressLimit | MemberLimit) => void) {
    this.#isOn = isOn;
    this.#onRefused = onRefused;
  }

  /**
   * @param who an address, or a member
   * @throws {AppError} `rate_limited`, with when to try again
   */
  async count(limit: AddressLimit | MemberLimit, who: string): Promise<void> {
    if (!this.#isOn) return;
    try {
      await this.#limiters[limit].consume(who);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.#onRefused(limit);
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      const retryAfter = retryAfterSeconds === 1 ? "in a second" : `in ${retryAfterSeconds} seconds`;
      throw new AppError("rate_limited", LIMITS[limit].words(retryAfter), { retryAfterSeconds });
    }
  }
}

function limiterOf({ points, durationSeconds }: Limit): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration: durationSeconds });
}
