import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { RoomName, Uid } from "./identifiers";
import { MessageText, PersonName } from "./text";

describe("a room's name", () => {
  it.each([
    ["main", "MAIN"],
    ["  our room ", "OUR-ROOM"],
    ["a \t b", "A-B"],
    ["a_b-9", "A_B-9"],
    ["x".repeat(64), "X".repeat(64)],
  ])("%j is %s", (typed, room) => {
    expect(v.parse(RoomName, typed)).toBe(room);
  });

  it.each(["", "  ", "ä", "ß", "a/b", "a.b", "ı", "😀", "<b>", "x".repeat(65), "a\u0000"])("%j is refused", (typed) => {
    expect(v.safeParse(RoomName, typed).success).toBe(false);
  });
});

it("a uid is 1 to 2^32 - 1", () => {
  for (const uid of [1, 2 ** 32 - 1]) expect(v.safeParse(Uid, uid).success).toBe(true);
  for (const uid of [0, -1, 1.5, 2 ** 32, Number.NaN, "1", null]) expect(v.safeParse(Uid, uid).success).toBe(false);
});

it("a person's name counts characters as people do", () => {
  expect(v.parse(PersonName, `  ${"😀".repeat(50)} `)).toBe("😀".repeat(50));
  expect(v.safeParse(PersonName, "😀".repeat(51)).success).toBe(false);
  for (const name of ["", " ", "\u200b", "\u3164", "a\nb", "a\u0007", "\ud800"]) {
    expect(v.safeParse(PersonName, name).success, JSON.stringify(name)).toBe(false);
  }
});

it("a message keeps its line breaks and has 1 to 2000 characters", () => {
  expect(v.parse(MessageText, " a\nb ")).toBe("a\nb");
  expect(v.safeParse(MessageText, "😀".repeat(2_000)).success).toBe(true);
  for (const text of ["", " \n ", "x".repeat(2_001), "a\udc00"])
    expect(v.safeParse(MessageText, text).success).toBe(false);
});
