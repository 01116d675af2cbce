import "server-only";
import type { OpenDatabase } from "@/db/client";
import { type DatabaseTrouble, databaseTrouble } from "@/db/trouble";
import { AppError } from "@/lib/app-error";

/** While it can't be used, it is tried so often. Milliseconds. */
const RETRY_MS = 1_000;
/** A check that went well holds for so long, however many ask. Milliseconds. */
const CHECKED_MS = 1_000;

const TROUBLE_IN_WORDS: Record<DatabaseTrouble, string> = {
  locked: "another program holds it locked",
  full: "there is no room left for it: the disk, or the database's own limit, is full",
  "read-only": "it may only be read, not written to",
  damaged: "it is damaged",
  unusable: "it can't be used",
};

interface WatchOptions {
  database: OpenDatabase;
  /** Told once when it begins, with the error, and once when it is over. */
  onTrouble(sentence: string, error: unknown): void;
  onRecovered(sentence: string): void;
}

/**
 * Knows whether the database can be used: told of what failed, it tries until it works again, and says either once. While it
 * does not work nobody waits for it.
 */
export class DatabaseWatch {
  readonly #options: WatchOptions;
  #trouble: DatabaseTrouble | undefined;
  #checkedAtMs = Number.NEGATIVE_INFINITY;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  get isUsable(): boolean {
    return this.#trouble === undefined;
  }

  /** Takes note of an error, if it is one of the database's. @returns whether it is */
  note(error: unknown): boolean {
    const trouble = databaseTrouble(error);
    if (trouble === undefined) return false;
    if (trouble !== this.#trouble) {
      const sentence = `The database can't be written to: ${TROUBLE_IN_WORDS[trouble]}. Calls that are under way go on; who wants to join, and what is written in the chat, has to wait. It is tried every second.`;
      this.#options.onTrouble(sentence, error);
    }
    this.#trouble = trouble;
    this.#checkedAtMs = Number.NEGATIVE_INFINITY;
    this.#retry ??= setInterval(() => this.#tryAgain(), RETRY_MS).unref();
    this.#setPatience(false);
    return true;
  }

  /** @throws {AppError} `unavailable`, with what is the matter in words */
  check(): void {
    if (this.#trouble === undefined && performance.now() - this.#checkedAtMs >= CHECKED_MS) {
      try {
        this.#options.database.check();
        this.#checkedAtMs = performance.now();
      } catch (error) {
        if (!this.note(error)) throw error;
      }
    }
    if (this.#trouble !== undefined) {
      throw new AppError("unavailable", `The server can't reach its data: ${TROUBLE_IN_WORDS[this.#trouble]}.`);
    }
  }

  stop(): void {
    clearInterval(this.#retry);
    this.#retry = undefined;
  }

  #tryAgain(): void {
    try {
      this.#options.database.check();
    } catch (error) {
      if (!this.note(error)) throw error;
      return;
    }
    this.stop();
    this.#trouble = undefined;
    this.#setPatience(true);
    this.#options.onRecovered("The database can be used again.");
  }

  /** A closed one has none, and that is what is being noted. */
  #setPatience(isPatient: boolean): void {
    try {
      this.#options.database.setPatience(isPatient);
    } catch (error) {
      if (databaseTrouble(error) === undefined) throw error;
    }
  }
}
