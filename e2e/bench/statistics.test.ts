import { describe, expect, it } from "vitest";
import { median, percentile, spreadOf } from "./statistics";

describe("statistics", () => {
  it("takes the middle one of an odd number, whatever their order", () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it("takes what is between the middle two of an even number", () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it("finds a percentile between two samples", () => {
    expect(percentile([0, 10], 99)).toBeCloseTo(9.9);
    expect(percentile([7], 99)).toBe(7);
  });

  it("describes samples by their ends and their middle", () => {
    expect(spreadOf([3, 1, 2, 8, 5])).toEqual({ count: 5, min: 1, median: 3, max: 8 });
  });

  it("has no figure for nothing", () => {
    expect(() => median([])).toThrow("nothing");
  });
});
