import { expect, test } from "vitest";
import type { Uid } from "@/lib/contracts/identifiers";
import { handPlaceOf, handsFirst, raisedHands } from "./hands";
import type { Player } from "./player";

const people = {
  order: [1, 2, 3, 4] as Uid[],
  players: Object.fromEntries(
    [null, 300, null, 200].map((handRaisedAt, index) => [index + 1, { handRaisedAt } as Player]),
  ),
};

test("hands are in the order of their raising, and before everyone else in a list", () => {
  expect(raisedHands(people)).toEqual([4, 2]);
  expect(handsFirst(people)).toEqual([4, 2, 1, 3]);
});

test("a raised hand has its place, another has none", () => {
  expect(people.order.map((uid) => handPlaceOf(people, uid))).toEqual([null, 2, null, 1]);
});
