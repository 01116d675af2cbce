import type { Db } from "@/db/client";
import { addRevocation, allRevocations, forgetRevocations } from "@/db/revocations";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { OwedWrites } from "./owed-writes";

/** No token lives longer than a day (`TOKEN_TTL_SECONDS`), also one made before the setting was changed. Milliseconds. */
const LONGEST_TOKEN_MS = 86_400_000;

/** Uids whose tokens are worth nothing any more. In the database, and here, where each call looks. */
export class Revocations {
  readonly #db: Db;
  readonly #owed: OwedWrites;
  readonly #renewableMs: number;
  /** Unix milliseconds. */
  readonly #untilMs = new Map<string, number>();

  /** @param renewableMs for how long an expired token may still be renewed */
  constructor({ db, owed }: { db: Db; owed: OwedWrites }, renewableMs: number) {
    this.#db = db;
    this.#owed = owed;
    this.#renewableMs = renewableMs;
    for (const { room, uid, untilMs } of allRevocations(db)) this.#untilMs.set(keyOf(room, uid), untilMs);
  }

  /** Refuses every token of this uid from now on, whenever it was made, until the last of them is over. */
  revoke(room: RoomName, uid: Uid): void {
    const untilMs = Date.now() + LONGEST_TOKEN_MS + this.#renewableMs;
    this.#owed.do(() => addRevocation(this.#db, room, uid, untilMs));
    // The one that lasts longest is the last.
    this.#untilMs.delete(keyOf(room, uid));
    this.#untilMs.set(keyOf(room, uid), untilMs);
  }

  has(room: RoomName, uid: Uid): boolean {
    return (this.#untilMs.get(keyOf(room, uid)) ?? 0) > Date.now();
  }

  /** Forgets what is over. */
  forget(): void {
    const nowMs = Date.now();
    let hasForgotten = false;
    for (const [key, untilMs] of this.#untilMs) {
      if (untilMs > nowMs) break;
      this.#untilMs.delete(key);
      hasForgotten = true;
    }
    if (hasForgotten) forgetRevocations(this.#db, nowMs);
  }
}

function keyOf(room: string, uid: number): string {
  return `${room}/${uid}`;
}
