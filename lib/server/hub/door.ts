import type { Knock } from "@/lib/contracts/hosting";
import type { Uid } from "@/lib/contracts/identifiers";

/** One person at the door. */
interface Waiting extends Knock {
  /** Since when their page has no stream, monotonic milliseconds; `null` while it has one. */
  goneSinceMs: number | null;
}

/** Who is at a room's locked door, who has been let in and not come in yet, and who was refused a short while ago. */
export class Door {
  readonly #waiting = new Map<Uid, Waiting>();
  readonly #admitted = new Map<Uid, Pick<Waiting, "goneSinceMs">>();
  /** Until when they may not knock again, monotonic milliseconds. */
  readonly #refused = new Map<Uid, number>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0 && this.#admitted.size === 0 && this.#refused.size === 0;
  }

  /** In the order of their knocking. */
  get knocks(): Knock[] {
    return Array.from(this.#waiting.values(), ({ uid, name, knockedAt }) => ({ uid, name, knockedAt }));
  }

  get knockCount(): number {
    return this.#waiting.size;
  }

  isWaiting(uid: Uid): boolean {
    return this.#waiting.has(uid);
  }

  isAdmitted(uid: Uid): boolean {
    return this.#admitted.has(uid);
  }

  /** How long someone who was refused has to wait before they may knock again. Milliseconds; 0: they may. */
  refusedForMs(uid: Uid, nowMs: number): number {
    return Math.max(0, (this.#refused.get(uid) ?? 0) - nowMs);
  }

  /** @returns whether it is news: someone who knocks again keeps their place */
  knock(uid: Uid, name: string, nowMs: number): boolean {
    const known = this.#waiting.get(uid);
    if (known?.name === name) return false;
    const knockedAt = known?.knockedAt ?? Date.now();
    this.#waiting.set(uid, { uid, name, knockedAt, goneSinceMs: nowMs });
    return true;
  }

  admit(uid: Uid, nowMs: number): void {
    this.#waiting.delete(uid);
    this.#admitted.set(uid, { goneSinceMs: nowMs });
  }

  refuse(uid: Uid, untilMs: number): void {
    this.#waiting.delete(uid);
    this.#refused.set(uid, untilMs);
  }

  /** They came in, gave up, or have no business here any more. @returns whether they were waiting */
  forget(uid: Uid): boolean {
    this.#admitted.delete(uid);
    return this.#waiting.delete(uid);
  }

  /**
   * Forgets those whose page has been without a stream for long, and refusals that are over.
   *
   * @returns whether anyone who was waiting is gone
   */
  checkClocks(nowMs: number, maxGoneMs: number, isHere: (uid: Uid) => boolean): boolean {
    const waitedFor = this.#waiting.size;
    for (const people of [this.#waiting, this.#admitted]) {
      for (const [uid, person] of people) {
        person.goneSinceMs = isHere(uid) ? null : (person.goneSinceMs ?? nowMs);
        if (person.goneSinceMs !== null && nowMs - person.goneSinceMs >= maxGoneMs) people.delete(uid);
      }
    }
    for (const [uid, untilMs] of this.#refused) if (untilMs <= nowMs) this.#refused.delete(uid);
    return this.#waiting.size < waitedFor;
  }
}
