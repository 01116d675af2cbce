import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** `file` "what a test is called", `file` "…"; "a second one of that file" */
const REFERENCE = /`([\w./[\]-]+\.(?:test|spec)\.ts)`|"([^"]+)"/g;

/** The tests that a document names: each with the file that was named last before it in its line. */
function namedTests(document: string): { file: string; name: string | undefined }[] {
  return readFileSync(document, "utf8")
    .split("\n")
    .flatMap((line) => {
      let file: string | undefined;
      const found: { file: string; name: string | undefined }[] = [];
      for (const [, path, name] of line.matchAll(REFERENCE)) {
        if (path !== undefined) {
          file = path;
          found.push({ file, name: undefined });
        } else if (file !== undefined) found.push({ file, name });
      }
      return found;
    });
}

describe("docs/security.md", () => {
  const tests = namedTests("docs/security.md");

  it("names tests", () => {
    expect(tests.filter(({ name }) => name !== undefined).length).toBeGreaterThan(50);
  });

  it.each(tests)("$file has “$name”", ({ file, name }) => {
    expect(existsSync(file)).toBe(true);
    if (name !== undefined) expect(readFileSync(file, "utf8").replaceAll("\\'", "'")).toContain(name);
  });
});
