import { expect, test } from "vitest";
import { qualityGrade } from "./network-quality";

test("a good line is excellent, and a long way alone is not poor", () => {
  expect(qualityGrade({ lossRate: 0, roundTripMs: 20 })).toBe(1);
  expect(qualityGrade({ lossRate: 0.005, roundTripMs: 400 })).toBeLessThanOrEqual(2);
});

test("a fiftieth lost is flawed, a twentieth poor, at any round trip", () => {
  expect(qualityGrade({ lossRate: 0.02, roundTripMs: 20 })).toBe(3);
  expect(qualityGrade({ lossRate: 0.05, roundTripMs: 20 })).toBe(4);
  expect(qualityGrade({ lossRate: 0.05, roundTripMs: 400 })).toBe(4);
});

test("where most is lost or answers take seconds it is worse than poor", () => {
  expect(qualityGrade({ lossRate: 0.5, roundTripMs: 20 })).toBe(5);
  expect(qualityGrade({ lossRate: 0, roundTripMs: 3000 })).toBe(5);
});
