import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

const script = resolve("scripts/check-start.mjs");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mychat-start-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** In a folder of its own, as if that were the project's. */
function check(port: string) {
  const { status, stderr } = spawnSync(process.execPath, [script], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PORT: port },
  });
  return { status, stderr };
}

function build(): void {
  mkdirSync(join(folder, ".next"));
  writeFileSync(join(folder, ".next/BUILD_ID"), "x");
}

it("lets a built app start", () => {
  build();
  for (const port of ["", "0", " 8080 "]) expect(check(port)).toEqual({ status: 0, stderr: "" });
});

it("says in a sentence that there is no build", () => {
  expect(check("")).toEqual({
    status: 1,
    stderr: "MyChat can't start.\nIt is not built yet: run npm run build first.\n",
  });
});

it("names a wrong PORT", () => {
  build();
  for (const port of ["70000", "-1", "web"]) {
    expect(check(port)).toEqual({
      status: 1,
      stderr: "MyChat can't start.\nPORT must be a whole number from 0 to 65535.\n",
    });
  }
});
