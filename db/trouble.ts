import "server-only";
import Sqlite from "better-sqlite3";

/** What keeps the database from being used. `unusable`: none of the others. */
export type DatabaseTrouble = "locked" | "full" | "read-only" | "damaged" | "unusable";

/** Result codes of SQLite, with what is extended about them (`SQLITE_BUSY_SNAPSHOT`). https://sqlite.org/rescode.html */
const BY_CODE: readonly [RegExp, DatabaseTrouble][] = [
  [/^SQLITE_(BUSY|LOCKED)/, "locked"],
  [/^SQLITE_FULL/, "full"],
  [/^SQLITE_READONLY/, "read-only"],
  [/^SQLITE_(CORRUPT|NOTADB)/, "damaged"],
];

/** @returns what an error, or what caused it, says of the database; `undefined` when it is not of the database */
export function databaseTrouble(error: unknown): DatabaseTrouble | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Sqlite.SqliteError) {
      const { code } = cause;
      return BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? "unusable";
    }
    // A closed or never opened handle.
    if (cause instanceof TypeError && cause.message === "The database connection is not open") return "unusable";
  }
  return undefined;
}
