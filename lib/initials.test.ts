import { expect, test } from "vitest";
import { initialsOf } from "./initials";

test.each([
  ["Rohit", "R"],
  ["ada lovelace", "AL"],
  ["Jean Michel Jarre", "JJ"],
  ["👩‍👩‍👧 family", "👩‍👩‍👧F"],
  ["é", "É"],
  ["e\u0301mile", "É"],
  ["A\u030Asa", "Å"],
  ["李", "李"],
  ["محمد علي", "مع"],
  ["<b>bold</b>", "<"],
])("%s is %s", (name, initials) => {
  expect(initialsOf(name).normalize()).toBe(initials.normalize());
});
