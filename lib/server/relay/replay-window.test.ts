import { describe, expect, it } from "vitest";
import { ReplayWindow } from "./replay-window";

describe("a replay window", () => {
  it("lets each number pass once, in whatever order", () => {
    const window = new ReplayWindow();
    for (const index of [5, 3, 4, 900, 899, 70_000, 69_999]) {
      expect(window.isNew(index)).toBe(true);
      window.add(index);
      expect(window.isNew(index)).toBe(false);
    }
    expect(window.highest).toBe(70_000);
  });

  it("lets nothing pass that is too old to know of", () => {
    const window = new ReplayWindow();
    window.add(5_000);
    expect(window.isNew(5_000 - 1_023)).toBe(true);
    expect(window.isNew(5_000 - 1_024)).toBe(false);
  });

  it("takes no old number for a new one after a leap", () => {
    const window = new ReplayWindow();
    for (let index = 0; index < 1_024; index++) window.add(index);
    window.add(1_500);
    expect(window.isNew(1_000)).toBe(false);
    expect(window.isNew(1_200)).toBe(true);
    window.add(10_000);
    expect(window.isNew(9_999)).toBe(true);
  });
});
