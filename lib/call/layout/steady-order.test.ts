import { expect, test } from "vitest";
import { withFewestMoves, withPresent, withSwapped } from "./steady-order";

test("who stays keeps their place, and who is new takes the place of who went", () => {
  expect(withFewestMoves(["A", "B"], ["C", "B"])).toEqual(["C", "B"]);
  expect(withFewestMoves(["A", "B"], ["B", "A"])).toEqual(["A", "B"]);
  expect(withFewestMoves(["A", "B"], ["B"])).toEqual(["B"]);
  expect(withFewestMoves(["A"], ["C", "A"])).toEqual(["A", "C"]);
});

test("newcomers come last", () => {
  expect(withPresent(["A", "B"], ["A", "B", "C"], ["A", "B"])).toEqual(["A", "B", "C"]);
});

test("where all are seen, those behind who leaves move up", () => {
  expect(withPresent(["A", "B", "C"], ["B", "C"], ["A", "B", "C"])).toEqual(["B", "C"]);
});

test("who leaves the first page gives their place to the first one who waits for one, and nobody else moves", () => {
  expect(withPresent(["A", "B", "C", "D", "E"], ["A", "C", "D", "E"], ["A", "B", "C"])).toEqual(["A", "D", "C", "E"]);
});

test("who leaves a later page leaves the first as it was", () => {
  expect(withPresent(["A", "B", "C", "D", "E"], ["A", "B", "C", "E"], ["A", "B", "C"])).toEqual(["A", "B", "C", "E"]);
});

test("two change places", () => {
  expect(withSwapped(["A", "B", "C"], "A", "C")).toEqual(["C", "B", "A"]);
});
