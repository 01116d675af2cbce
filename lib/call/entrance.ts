import { AppError } from "@/lib/app-error";
import type { StoredSeat } from "./seat-storage";

type WantedSeat = Pick<StoredSeat, "name" | "microphoneOn" | "cameraOn">;

/** What the entrance needs of a `RoomConnection`. */
interface Connection {
  join(seat: WantedSeat): Promise<unknown>;
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
   * @throws {AppError} why not, in words; `aborted` when given up
   */
  async comeIn(seat: () => WantedSeat): Promise<void> {
    for (;;) {
      try {
        await this.#options.connection().join(seat());
        return;
      } catch (error) {
        if (!(error instanceof AppError && error.code === "room_locked")) throw error;
      }
      await this.#knock(seat().name);
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
