/** A cough or a chair is no speech: so long one has to be heard. Milliseconds. */
const TAKES_WORD_AFTER_MS = 1200;

/** Who speaks into another's words has them only when it goes on. Milliseconds. */
const TAKES_OVER_AFTER_MS = 3000;

/**
 * Who had the word, the last one first. Each time that somebody speaks they take it once, when they have spoken for long
 * enough, so that two who talk at the same time do not take it from each other again and again.
 */
export class SpeakerLog<Id> {
  /** Who speaks now, and since when, by `performance.now()`. */
  readonly #sinceMs = new Map<Id, number>();
  readonly #waiting = new Set<Id>();
  #recent: readonly Id[] = [];

  get recent(): readonly Id[] {
    return this.#recent;
  }

  isSpeaking(id: Id): boolean {
    return this.#sinceMs.has(id);
  }

  note(id: Id, isSpeaking: boolean, nowMs: number): void {
    if (isSpeaking === this.#sinceMs.has(id)) return;
    if (isSpeaking) {
      this.#sinceMs.set(id, nowMs);
      this.#waiting.add(id);
    } else {
      this.#sinceMs.delete(id);
      this.#waiting.delete(id);
    }
  }

  forget(id: Id): void {
    this.#sinceMs.delete(id);
    this.#waiting.delete(id);
    this.#recent = this.#recent.filter((other) => other !== id);
  }

  /**
   * Gives the word to whoever has earned it by now.
   *
   * @returns after how many milliseconds the next one will have, if nothing changes; `undefined` when nobody waits
   */
  settle(nowMs: number): number | undefined {
    for (const id of [...this.#waiting]) {
      if (this.#dueMs(id) > nowMs) continue;
      this.#waiting.delete(id);
      this.#recent = [id, ...this.#recent.filter((other) => other !== id)];
    }
    const dueMs = [...this.#waiting].map((id) => this.#dueMs(id));
    return dueMs.length > 0 ? Math.max(0, Math.min(...dueMs) - nowMs) : undefined;
  }

  #dueMs(id: Id): number {
    const [holder] = this.#recent;
    const isTaken = holder !== undefined && holder !== id && this.#sinceMs.has(holder);
    return (this.#sinceMs.get(id) ?? 0) + (isTaken ? TAKES_OVER_AFTER_MS : TAKES_WORD_AFTER_MS);
  }
}
