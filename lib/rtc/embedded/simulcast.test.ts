import { expect, test } from "vitest";
import { isMade } from "./simulcast";

test("of a large picture those encodings are made that somebody is to be given, and both while nothing is known of that", () => {
  const made = (wanted: string[] | undefined) => ["h", "f"].filter((rid) => isMade(rid, 360, wanted));
  expect(made(undefined)).toEqual(["h", "f"]);
  expect(made(["h"])).toEqual(["h"]);
  expect(made(["f"])).toEqual(["f"]);
  expect(made([])).toEqual([]);
});

test("of a small picture there is one, for whoever wants any, since a browser would make the smallest alone", () => {
  const made = (wanted: string[] | undefined) => ["h", "f"].filter((rid) => isMade(rid, 240, wanted));
  for (const wanted of [undefined, ["h"], ["f"], ["h", "f"]]) expect(made(wanted)).toEqual(["f"]);
  expect(made([])).toEqual([]);
});
