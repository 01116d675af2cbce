import { AppError } from "@/lib/app-error";
import type { RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import { mayPass } from "./may-pass";
import { forgetSeat, lockSeat, readSeat, type StoredSeat, storeSeat } from "./seat-storage";
import { storeName } from "./visit-storage";

/**
 * The seat that this tab has in a room, kept where a reload finds it and under a lock, so that a duplicated tab does not
 * take it for its own.
 */
export class TabSeat {
  readonly #room: RoomName;
  readonly #signal: AbortSignal;
  #held: StoredSeat | undefined;
  #release: (() => void) | undefined;

  /** @param signal ends the waiting for the lock */
  constructor(room: RoomName, signal: AbortSignal) {
    this.#room = room;
    this.#signal = signal;
  }

  /** The seat, while this page is a member. */
  get held(): StoredSeat | undefined {
    return this.#held;
  }

  /**
   * Takes up the seat that this tab had before a reload.
   *
   * @param take asks the server for it
   * @returns `undefined` when there is none, another tab has it, or the server will not give it back
   * @throws {AppError} what may pass: `offline`, …
   */
  async resume(take: (seat: StoredSeat) => Promise<{ token: RtcToken }>): Promise<StoredSeat | undefined> {
    const stored = readSeat(this.#room);
    if (!stored) return undefined;
    const release = await lockSeat(this.#room, stored.uid, this.#signal);
    if (!release) {
      // A duplicated tab: the seat is the first one's, now and after the first one has left.
      if (!this.#signal.aborted) forgetSeat(this.#room);
      return undefined;
    }
    try {
      const { token } = await take(stored);
      this.#release = release;
      this.#keep({ ...stored, token });
      return stored;
    } catch (error) {
      release();
      if (!(error instanceof AppError) || mayPass(error)) throw error;
      forgetSeat(this.#room);
      return undefined;
    }
  }

  /** Takes the lock of a seat that the server is asked for. @returns what lets go of it */
  lock(uid: Uid): Promise<(() => void) | undefined> {
    return lockSeat(this.#room, uid, this.#signal);
  }

  /** Holds a seat that the server has just given, by the lock of it. */
  hold(seat: StoredSeat, release: (() => void) | undefined): void {
    if (this.#signal.aborted) {
      // Left while the lock was waited for.
      release?.();
      return;
    }
    this.#release = release;
    this.#keep(seat);
    storeName(seat.name);
  }

  /** Keeps what a reload should find; nothing, where no seat is held. */
  update(change: Partial<StoredSeat>): void {
    if (this.#held) this.#keep({ ...this.#held, ...change });
  }

  /** The seat is not this tab's any more. */
  forget(): void {
    if (this.#held) forgetSeat(this.#room);
    this.#held = undefined;
  }

  /** Lets go of the lock; what is stored stays, for the reload. */
  dispose(): void {
    this.#release?.();
    this.#release = undefined;
  }

  #keep(seat: StoredSeat): void {
    this.#held = seat;
    storeSeat(this.#room, seat);
  }
}
