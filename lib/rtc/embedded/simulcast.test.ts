import { expect, test } from "vitest";
import { isMade, type Sending } from "./simulcast";

const LOW = { maxHeight: 180, maxBitrate: 140_000, maxFramerate: 15 };

function made(height: number, wantedRids: string[] | undefined, change: Partial<Sending> = {}): string[] {
  const sending: Sending = { role: "person", lowStream: LOW, wantedRids, stepsDown: 0, ...change };
  return ["h", "f"].filter((rid) => isMade(rid, height, sending));
}

test("of a large picture those sizes are made that somebody is to be given, and both while nothing is known of that", () => {
  expect(made(360, undefined)).toEqual(["h", "f"]);
  expect(made(360, ["h"])).toEqual(["h"]);
  expect(made(360, ["f"])).toEqual(["f"]);
  expect(made(360, [])).toEqual([]);
});

test("of a small picture there is one at a time, the large one where anybody is to have that", () => {
  for (const wanted of [undefined, ["f"], ["h", "f"]]) expect(made(240, wanted)).toEqual(["f"]);
  expect(made(240, ["h"])).toEqual(["h"]);
  expect(made(240, [])).toEqual([]);
});

test("who has only one size to give gives that, whatever is asked for", () => {
  for (const wanted of [undefined, ["h"], ["f"]]) {
    expect(made(360, wanted, { lowStream: undefined })).toEqual(["f"]);
  }
  expect(made(360, [], { lowStream: undefined })).toEqual([]);
});

test("a screen has both, however small, for there is no camera's limit to it", () => {
  expect(made(200, undefined, { role: "screen", lowStream: undefined })).toEqual(["h", "f"]);
  expect(made(200, ["h"], { role: "screen" })).toEqual(["h"]);
});
