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
/** Some messages. */
const GROWTH_BYTES = 65_536;

export type Db = BetterSQLite3Database<typeof schema>;

export interface OpenDatabase {
  db: Db;
  /** Writes, and looks whether there is room for more. @throws when the database can't be written to */
  check(): void;
  /**
   * Whether to wait for a while where another program writes. Everything waits with it: once a wait was in vain, the next
   * ones are not worth it.
   */
  setPatience(isPatient: boolean): void;
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
    requireIntact(sqlite);
    return {
      db,
      check: () => tryWriting(sqlite),
      setPatience: (isPatient) => void sqlite.pragma(`busy_timeout = ${isPatient ? BUSY_TIMEOUT_MS : 0}`),
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

/** A file that is damaged in the middle opens, and fails its people when they are in a call. */
function requireIntact(sqlite: Sqlite.Database): void {
  const found = sqlite.pragma("quick_check(1)", { simple: true });
  if (found !== "ok") throw new Sqlite.SqliteError(String(found), "SQLITE_CORRUPT");
}

/**
 * A full disk shows only where something is written to it, a full database only where it has to grow. So pages are added and
 * taken back, and one is written: with the number that is there for an application's own use, and used by none here.
 */
function tryWriting(sqlite: Sqlite.Database): void {
  sqlite
    .transaction(() => {
      sqlite.exec("SAVEPOINT growth");
      try {
        sqlite.exec(
          `INSERT INTO messages (room, uid, client_id, name, text, sent_at_ms) VALUES ('', 0, '', '', zeroblob(${GROWTH_BYTES}), 0)`,
        );
      } finally {
        // Nothing to go back to where SQLite has given up the whole transaction.
        if (sqlite.inTransaction) sqlite.exec("ROLLBACK TO growth; RELEASE growth");
      }
      sqlite.pragma("user_version = 1");
    })
    .immediate();
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
