import { expect, test } from "vitest";
import { PoorNetwork } from "./poor-network";

test("a network is called poor after four seconds of it, and good again after four", () => {
  const network = new PoorNetwork();
  const at = (nowMs: number, grade: number) => network.note(7, grade, nowMs);
  expect([at(0, 1), at(2000, 5), at(4000, 4), at(6000, 5)]).toEqual([false, false, false, true]);
  expect([at(8000, 1), at(10_000, 4), at(12_000, 2), at(14_000, 1), at(16_000, 2)]).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});

test("what is unknown, or gone altogether, is not called poor", () => {
  const network = new PoorNetwork();
  expect([0, 5000, 10_000].map((nowMs) => network.note(7, 6, nowMs))).toEqual([false, false, false]);
  expect([15_000, 20_000].map((nowMs) => network.note(7, 0, nowMs))).toEqual([false, false]);
});

test("each person's network is their own", () => {
  const network = new PoorNetwork();
  network.note(7, 5, 0);
  network.note(8, 1, 0);
  expect(network.note(7, 5, 5000)).toBe(true);
  expect(network.note(8, 1, 5000)).toBe(false);
});
