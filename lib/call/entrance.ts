import { AppError } from "@/lib/app-error";

/** What the entrance needs of a `RoomConnection`. */
interface Connection {
  knock(name: string, signal: AbortSignal): Promise<void>;
}

interface EntranceOptions {
  /** The page's connection now: another takes its place when its token is over. */
  connection(): Connection;
  /** Resolves when that connection is open. */
  opened(): Promise<void>;
  onKnocking(isKnocking: boolean): void;
}

/** The way into the room: straight, or at a locked door after knocking. */
export class Entrance {
  readonly #options: EntranceOptions;
  #knocking: AbortController | undefined;

  constructor(options: EntranceOptions) {
    this.#options = options;
  }

  /**
   * Becomes a member, however long someone inside takes to open.
   *
   * @param name whom those inside read of at the door
   * @param join tries it
   * @returns what `join` gave
   * @throws {AppError} why not, in words; `aborted` when given up
   */
  async comeIn<T>(name: string, join: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await join();
      } catch (error) {
        if (!(error instanceof AppError && error.code === "room_locked")) throw error;
      }
      await this.#knock(name);
    }
  }

  /** Waits at the door no more. */
  giveUp(): void {
    this.#knocking?.abort();
  }

  async #knock(name: string): Promise<void> {
    const knocking = new AbortController();
    this.#knocking = knocking;
    this.#options.onKnocking(true);
    try {
      for (;;) {
        const connection = this.#options.connection();
        try {
          return await connection.knock(name, knocking.signal);
        } catch (error) {
          // Its token was over: where another has taken its place, that one knocks.
          if (connection === this.#options.connection() || knocking.signal.aborted) throw error;
          await this.#options.opened();
        }
      }
    } finally {
      this.#knocking = undefined;
      this.#options.onKnocking(false);
    }
  }
}
