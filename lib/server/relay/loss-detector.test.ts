import { describe, expect, it } from "vitest";
import { LossDetector } from "./loss-detector";

const ROUND_TRIP_MS = 50;

function receiving(numbers: readonly number[]): LossDetector {
  const detector = new LossDetector();
  for (const number of numbers) detector.receive(number, 0);
  return detector;
}

describe("what is missing of a stream", () => {
  it("is asked for, over the numbers' end, once it is later than a change of order would make it", () => {
    const detector = receiving([65_534, 1]);
    expect(detector.due(1, ROUND_TRIP_MS)).toEqual([]);
    expect(detector.due(10, ROUND_TRIP_MS)).toEqual([65_535, 0]);
  });

  it("is asked for again when an answer should have come, and not for ever", () => {
    const detector = receiving([1, 3]);
    const askedAtMs = Array.from({ length: 200 }, (_, step) => step * 10).filter(
      (nowMs) => detector.due(nowMs, ROUND_TRIP_MS).length > 0,
    );
    expect(askedAtMs).toEqual([10, 60, 110, 160, 210, 260, 310, 360]);
  });

  it("is not asked for when it has come, and is new but once", () => {
    const detector = receiving([1, 3]);
    expect(detector.receive(2, 5)).toBe(true);
    expect(detector.receive(2, 6)).toBe(false);
    expect(detector.receive(3, 6)).toBe(false);
    expect(detector.due(10, ROUND_TRIP_MS)).toEqual([]);
  });

  it("is not asked for packet by packet after a stop", () => {
    const detector = receiving([1, 1_000]);
    expect(detector.due(10, ROUND_TRIP_MS)).toEqual([]);
    expect(detector.receive(1_001, 10)).toBe(true);
  });
});
