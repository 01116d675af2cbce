import { databaseTrouble } from "@/db/trouble";

/**
 * Writes of what is so already: done at once or, while the database can't be used, later, in their order. So a call goes on
 * without it, and nobody stays a ghost because their row could not be deleted.
 */
export class OwedWrites {
  readonly #onFailed: (error: unknown) => void;
  #owed: (() => void)[] = [];

  constructor(onFailed: (error: unknown) => void) {
    this.#onFailed = onFailed;
  }

  do(write: () => void): void {
    this.#owed.push(write);
    // What is owed from before is written by `settle`: this one has to wait for it anyway.
    if (this.#owed.length > 1) return;
    try {
      this.settle();
    } catch (error) {
      if (databaseTrouble(error) === undefined) throw error;
      this.#onFailed(error);
    }
  }

  /** Before anything that must not be written ahead of it. @throws when the database still can't be used */
  settle(): void {
    while (this.#owed[0]) {
      try {
        this.#owed[0]();
      } catch (error) {
        // One that fails for another reason would fail for ever, and hold back all that come after it.
        if (databaseTrouble(error) === undefined) this.#owed.shift();
        throw error;
      }
      this.#owed.shift();
    }
  }
}
