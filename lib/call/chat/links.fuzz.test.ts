import fc from "fast-check";
import { expect, it } from "vitest";
import { textParts } from "./links";

const piece = fc.oneof(
  fc.constantFrom(
    "http://",
    "HTTPS://",
    "javascript:",
    "a@b",
    "user:pass@",
    "(",
    ")",
    "]",
    ".",
    " ",
    "\n",
    "\u202e",
    "\u200b",
    "<b>",
    "%",
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.webUrl(),
);

it("any text's parts together are the text, and links lead by http or https to where they say, and to nobody's account", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      const parts = textParts(text);
      expect(parts.map((part) => part.text).join("")).toBe(text);
      for (const part of parts) {
        if (part.type !== "link") continue;
        const url = new URL(part.href);
        expect(["http:", "https:"]).toContain(url.protocol);
        expect(url.username + url.password).toBe("");
        expect(new URL(part.text).href).toBe(part.href);
        expect(part.text).not.toMatch(/[\p{Cc}\p{Cf}\s]/u);
      }
    }),
    { numRuns: 500 },
  );
});

it("long texts of openings are read in time that grows with them, not with their square", () => {
  for (const text of [
    "(".repeat(2_000),
    "http://".repeat(300),
    `http://x${")".repeat(1_990)}`,
    "https://a.b/".repeat(160),
  ]) {
    const startedAtMs = performance.now();
    textParts(text);
    expect(performance.now() - startedAtMs).toBeLessThan(100);
  }
});
