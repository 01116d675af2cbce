import { expect, test } from "vitest";
import { textParts } from "./links";

const linksIn = (text: string) => textParts(text).flatMap((part) => (part.type === "link" ? [part.text] : []));

test.each([
  ["see https://example.org/a?b=c#d", ["https://example.org/a?b=c#d"]],
  ["HTTP://EXAMPLE.ORG", ["HTTP://EXAMPLE.ORG"]],
  ["two: http://a.example, https://b.example.", ["http://a.example", "https://b.example"]],
  ["(see https://en.wikipedia.org/wiki/Call_(telephone))", ["https://en.wikipedia.org/wiki/Call_(telephone)"]],
  ["[https://a.example/x]!?", ["https://a.example/x"]],
  ["«https://a.example»…", ["https://a.example"]],
  [
    "https://münchen.example/straße and https://例え.jp/パス",
    ["https://münchen.example/straße", "https://例え.jp/パス"],
  ],
  ["https://a.example:8443/?q=%20", ["https://a.example:8443/?q=%20"]],
  ["line\nhttps://a.example\nline", ["https://a.example"]],
])("%j has the links %j", (text, links) => {
  expect(linksIn(text)).toEqual(links);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x ftp://a.example mailto:a@b.example //a.example www.example.org",
  "xhttps://a.example",
  "https://",
  "http://...",
  "https://[",
  "https://bank.example@evil.example/",
  "https://user:pass@evil.example/",
  '<a href="x">y</a>',
])("%j has none", (text) => {
  expect(linksIn(text)).toEqual([]);
});

test("an address does not go on behind an invisible character", () => {
  expect(linksIn("https://a.example/\u202egpj.exe https://b.example\u200b/x")).toEqual([
    "https://a.example/",
    "https://b.example",
  ]);
});

/** Texts of what links and their neighbours are made of, the same at each run. */
function* someTexts(count: number): Generator<string> {
  const pieces = [
    "http",
    "https",
    "://",
    ":",
    "/",
    "a.example",
    "@",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    '"',
    "'",
    " ",
    "\n",
  ];
  const more = [".", ",", "javascript:", "é", "😀", "\u202e", "\u200d", "&amp;", "%", "?", "#", "x", "\ud800"];
  const all = [...pieces, ...more];
  let seed = 42;
  const random = (below: number) => {
    // Lehmer's generator (Park and Miller).
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let n = 0; n < count; n++) yield Array.from({ length: random(30) }, () => all[random(all.length)]).join("");
}

test("whatever the text, its parts are the text, and links lead by http or https to where they say", () => {
  for (const text of someTexts(20_000)) {
    const parts = textParts(text);
    expect(parts.map((part) => part.text).join("")).toBe(text);
    for (const part of parts) {
      if (part.type === "text") continue;
      expect(part.text).toMatch(/^https?:\/\//i);
      expect(part.text).not.toMatch(/[\s<>"\u202e\u200d]/);
      expect(part.href).toMatch(/^https?:\/\/[^@/]+(\/|$)/);
      expect(new URL(part.href).host).toBe(new URL(part.text).host);
    }
  }
});

test("the longest message is read in no time, also one made to be slow", () => {
  const startMs = performance.now();
  for (const text of [
    `https://a${")".repeat(1990)}`,
    "https://".repeat(250),
    "h".repeat(2000),
    `http://${"(".repeat(990)}${")".repeat(990)}`,
  ])
    textParts(text);
  expect(performance.now() - startMs).toBeLessThan(500);
});
