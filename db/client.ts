import "server-only";
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import * as schema from "./schema";

const BUSY_TIMEOUT_MS = 5_000;
/** A server that is being replaced may need a moment to let go of its database. */
const LOCK_TIMEOUT_MS = 1_000;

export type Db = BetterSQLite3Database<typeof schema>;

export interface OpenDatabase {
  db: Db;
  /** @throws when the database can't be written to */
  check(): void;
  /** Frees the lock as well. Idempotent. */
  close(): void;
}

/** The database is in use by another process of this app. */
export class DatabaseInUse extends Error {
  override readonly name = "DatabaseInUse";
}

/**
 * Opens the database for this process alone, makes it and its folder if need be, and brings its tables up to date.
 * Other processes can still read it.
 *
 * @param path relative to the working directory, which is the project's
 * @throws {DatabaseInUse} when another process owns it
 * @throws {Error} when it can't be opened or is no database
 */
export function openDatabase(path: string): OpenDatabase {
  const file = resolve(path);
  mkdirSync(dirname(file), { recursive: true });
  const lock = acquireLock(`${file}.lock`, path);
  try {
    const sqlite = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    sqlite.pragma("journal_mode = WAL");
    sqlite.pragma("synchronous = NORMAL");
    sqlite.pragma("foreign_keys = ON");
    const db = drizzle(sqlite, { schema });
    migrate(db, { migrationsFolder: join(/* turbopackIgnore: true */ process.cwd(), "db/migrations") });
    const beginAndRollBack = () => {
      // Takes the write lock without writing: an unreadable or read-only file, a full disk's journal or a foreign
      // writer shows here.
      sqlite.exec("BEGIN IMMEDIATE");
      sqlite.exec("ROLLBACK");
    };
    return {
      db,
      check: beginAndRollBack,
      close: () => {
        sqlite.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * One process owns a database: members' liveness is kept in its memory. The lock is a transaction held open on a second
 * file, which the operating system frees however the process ends.
 */
function acquireLock(lockFile: string, path: string): Sqlite.Database {
  const lock = new Sqlite(lockFile, { timeout: LOCK_TIMEOUT_MS });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
      throw new DatabaseInUse(
        `The database ${path} is in use by another running server: one process owns a database. Stop that server, or set DATABASE_PATH to another file.`,
        { cause: error },
      );
    }
    throw error;
  }
}

/** Whether an error, or what caused it, came from SQLite. */
export function isDatabaseError(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Sqlite.SqliteError) return true;
    // A closed or never opened handle.
    if (cause instanceof TypeError && cause.message === "The database connection is not open") return true;
  }
  return false;
}
