import { AppError } from "@/lib/app-error";
import type { Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";
import type { RelayConnection, RelayWish } from "./relay-connection";
import type { RelayAccess } from "./signalling";

export interface Shown {
  slot: number;
  wish: RelayWish;
}

interface WishesOptions {
  readonly access: RelayAccess;
  readonly askAgainMs: number;
  /** The connection that they are for. */
  readonly current: () => RelayConnection | undefined;
  /** The server does not know it any more. */
  readonly onGone: (connection: RelayConnection) => void;
}

/** What is wanted of whom, and in which slot it comes: told to the relay, the newest wishes in one request at a time. */
export class RelayWishes {
  readonly #shown = new Map<Uid, Shown>();
  readonly #options: WishesOptions;
  #seq = 0;
  #isAsking = false;
  #isDue = false;
  #isClosed = false;

  constructor(options: WishesOptions) {
    this.#options = options;
  }

  /** @returns whether that is news */
  show(uid: Uid, wish: RelayWish): boolean {
    const before = this.#shown.get(uid);
    if (before && isSame(before.wish, wish)) return false;
    this.#shown.set(uid, { slot: before?.slot ?? this.#freeSlot(), wish });
    return true;
  }

  /** @returns whether that is news */
  hide(uid: Uid): boolean {
    return this.#shown.delete(uid);
  }

  get(uid: Uid): Shown | undefined {
    return this.#shown.get(uid);
  }

  get all(): ReadonlyMap<Uid, Shown> {
    return this.#shown;
  }

  /** How many slots a connection must have for all of them. */
  get slotCount(): number {
    return Math.max(0, ...[...this.#shown.values()].map(({ slot }) => slot + 1));
  }

  /** Tells the relay, as soon as it has answered what it was told before. */
  tell(): void {
    this.#isDue = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    void this.#tellWhileDue().finally(() => {
      this.#isAsking = false;
      // Said after the last look.
      if (this.#next()) this.tell();
    });
  }

  close(): void {
    this.#isClosed = true;
  }

  async #tellWhileDue(): Promise<void> {
    // In one turn of the event loop several may change their minds.
    await Promise.resolve();
    for (let connection = this.#next(); connection; connection = this.#next()) {
      this.#isDue = false;
      try {
        const receives = connection.receives(this.#shown);
        await this.#options.access.ask({ connection: connection.id, seq: this.#seq++, receives });
      } catch (error) {
        await this.#onRefused(connection, error);
      }
    }
  }

  #next(): RelayConnection | undefined {
    return this.#isDue && !this.#isClosed ? this.#options.current() : undefined;
  }

  async #onRefused(connection: RelayConnection, error: unknown): Promise<void> {
    if (this.#isClosed || connection !== this.#options.current()) return;
    const code = error instanceof AppError ? error.code : undefined;
    if (code === "not_found") {
      this.#options.onGone(connection);
      return;
    }
    if (code !== "offline" && code !== "unavailable") logWarning("The relay could not be asked.", error);
    this.#isDue = true;
    await new Promise((resolve) => setTimeout(resolve, this.#options.askAgainMs));
  }

  #freeSlot(): number {
    const taken = new Set([...this.#shown.values()].map(({ slot }) => slot));
    let slot = 0;
    while (taken.has(slot)) slot++;
    return slot;
  }
}

function isSame(one: RelayWish, other: RelayWish): boolean {
  return one.audio === other.audio && one.video === other.video && one.isLow === other.isLow;
}
