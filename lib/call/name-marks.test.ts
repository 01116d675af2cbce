import { expect, test } from "vitest";
import type { Uid } from "@/lib/contracts/identifiers";
import { displayNameOf } from "./name-marks";
import type { Player } from "./player";

function people(...names: string[]) {
  const order = names.map((_, index) => (index + 1) as Uid);
  const players = Object.fromEntries(names.map((name, index) => [index + 1, { name } as Player]));
  return { order, players };
}

const shown = (...names: string[]) => {
  const { order, players } = people(...names);
  return order.map((uid) => displayNameOf({ order, players }, uid));
};

test("people of one name are numbered by their coming, the others are left alone", () => {
  expect(shown("ROHIT", "RIYA", "ROHIT", "ROHIT")).toEqual(["ROHIT", "RIYA", "ROHIT (2)", "ROHIT (3)"]);
});

test("names that look the same are the same", () => {
  expect(shown("Ann", "ANN", "Ａｎｎ", "A\u200bnn", "Ann ", "Anna")).toEqual([
    "Ann",
    "ANN (2)",
    "Ａｎｎ (3)",
    "A\u200bnn (4)",
    "Ann  (5)",
    "Anna",
  ]);
});

test("the number goes when the other one goes", () => {
  const { order, players } = people("ANN", "ANN");
  expect(displayNameOf({ order: order.slice(1), players: { 2: players[2] } as typeof players }, 2 as Uid)).toBe("ANN");
  expect(displayNameOf({ order: [], players: {} }, 2 as Uid)).toBe("");
});
