import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRuntime } from "./start-runtime";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mychat-start-"));
  path = join(folder, "mychat.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const started = () => {
  const { hub, database, databaseWatch } = makeRuntime({ DATABASE_PATH: path, EMBEDDED_TOPOLOGY: "direct" });
  hub.stop();
  databaseWatch.stop();
  database.close();
};

describe("a start with a database that is", () => {
  it("none says so, what to do, and leaves it as it is", () => {
    const text = "My notes. ".repeat(1_000);
    writeFileSync(path, text);
    expect(started).toThrow(`DATABASE_PATH is ${path}, and no database can be opened there: file is not a database.`);
    expect(started).toThrow(/damaged, or no database: put a backup in its place/);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  it("new and locked says so; one with its keys in it starts", () => {
    const other = new Sqlite(path, { timeout: 0 });
    other.exec("BEGIN IMMEDIATE");
    expect(started).toThrow(/^DATABASE_PATH is .+Another program holds it locked: end that one\.$/);
    other.exec("ROLLBACK");
    started();
    other.exec("BEGIN IMMEDIATE");
    expect(started).not.toThrow();
    other.close();
  }, 20_000);
});
