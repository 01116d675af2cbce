import { AppError } from "@/lib/app-error";
import type { Credentials } from "@/lib/contracts/http";
import type { RtcToken } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";

/** How often the token's age is looked at: timers stand still while a laptop sleeps, clocks do not. Milliseconds. */
const CHECK_MS = 5000;

/** A token is renewed when this part of its life is left. */
const RENEW_AT_REMAINING = 0.5;

export interface TokenKeeperOptions {
  renew(token: RtcToken, signal: AbortSignal): Promise<Credentials>;
  onRenewed(credentials: Credentials): void;
  /** The server will not renew it any more. */
  onLost(): void;
}

/** Holds a tab's token and renews it in time, again and again while the server is away. */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions;
  readonly #disposal = new AbortController();
  #credentials: Credentials | undefined;
  #takenAtMs = 0;
  #expiresAtMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #renewal: Promise<boolean> | undefined;

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
  }

  /** @throws {AppError} `offline` before the first token is here: a seat that is taken anew has none for a while */
  get credentials(): Credentials {
    if (!this.#credentials) throw new AppError("offline", "The room is being opened. Try again in a moment.");
    return this.#credentials;
  }

  get uid(): Credentials["uid"] | undefined {
    return this.#credentials?.uid;
  }

  get token(): RtcToken {
    return this.credentials.token;
  }

  /** When the token ends, by `performance.now()`; from the server's `expiresInSeconds`, since clocks are wrong. */
  get expiresAtMs(): number {
    return this.#expiresAtMs;
  }

  take(credentials: Credentials): void {
    if (this.#disposal.signal.aborted) return;
    this.#credentials = credentials;
    this.#takenAtMs = Date.now();
    this.#expiresAtMs = performance.now() + credentials.expiresInSeconds * 1000;
    this.#timer ??= setInterval(() => this.check(), CHECK_MS);
  }

  /** Renews the token if it is old enough. */
  check(): void {
    if (this.#credentials && this.#remainingMs() < this.#credentials.expiresInSeconds * 1000 * RENEW_AT_REMAINING) {
      void this.renew();
    }
  }

  /**
   * Renews the token now. Calls while one is under way share it.
   *
   * @returns whether it is worth going on: `false` when the server will never renew it
   */
  renew(): Promise<boolean> {
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  dispose(): void {
    this.#disposal.abort();
    clearInterval(this.#timer);
  }

  async #renewOnce(): Promise<boolean> {
    const { signal } = this.#disposal;
    try {
      const renewed = this.token;
      const credentials = await this.#options.renew(renewed, signal);
      if (signal.aborted) return false;
      // Exchanged meanwhile: a lobby token that is renewed late must not take the place of the join token.
      if (this.token !== renewed) return true;
      this.take(credentials);
      this.#options.onRenewed(credentials);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      logWarning("The token could not be renewed.", error);
      const isLost = error instanceof AppError && (error.code === "token_expired" || error.code === "token_invalid");
      if (isLost) this.#options.onLost();
      return !isLost;
    }
  }

  #remainingMs(): number {
    return this.credentials.expiresInSeconds * 1000 - (Date.now() - this.#takenAtMs);
  }
}
