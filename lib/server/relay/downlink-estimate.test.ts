import { describe, expect, it } from "vitest";
import { DownlinkEstimate } from "./downlink-estimate";
import { Prober } from "./prober";
import { RepairBudget } from "./repair-budget";

describe("what a downlink bears", () => {
  it("is what the browser says", () => {
    const estimate = new DownlinkEstimate();
    expect(estimate.bitsPerSecond).toBe(1_000_000);
    for (const said of [250_000, 4_000_000]) {
      estimate.noteSaid(said, 500_000, 0);
      expect(estimate.bitsPerSecond).toBe(said);
    }
  });

  it("is not made less by some loss, which sending less would not mend", () => {
    const estimate = new DownlinkEstimate();
    estimate.noteSaid(800_000, 500_000, 0);
    for (let report = 0; report < 60; report++) estimate.noteLoss(0.05, 500_000);
    expect(estimate.bitsPerSecond).toBe(800_000);
  });

  it("is not less than what flows without a queue or a loss, whatever a busy browser takes its own lateness for", () => {
    const estimate = new DownlinkEstimate();
    estimate.noteRoundTrip(40, 0);
    estimate.noteRoundTrip(90, 1_000);
    estimate.noteSaid(90_000, 500_000, 1_000);
    expect(estimate.bitsPerSecond).toBe(500_000);
    estimate.noteRoundTrip(200, 2_000);
    expect(estimate.bitsPerSecond).toBe(90_000);
    estimate.noteRoundTrip(60, 3_000);
    estimate.noteSaid(90_000, 400_000, 3_000);
    expect(estimate.bitsPerSecond).toBe(400_000);
    estimate.noteLoss(0.05, 400_000);
    expect(estimate.bitsPerSecond).toBe(90_000);
    // Nothing has been heard of it for long.
    estimate.noteSaid(90_000, 400_000, 9_000);
    expect(estimate.bitsPerSecond).toBe(90_000);
  });

  it("is made less by much loss, and comes back when that is over", () => {
    const estimate = new DownlinkEstimate();
    estimate.noteSaid(800_000, 500_000, 0);
    estimate.noteLoss(0.4, 500_000);
    expect(estimate.bitsPerSecond).toBe(400_000);
    for (let report = 0; report < 4; report++) estimate.noteLoss(0, 400_000);
    expect(estimate.bitsPerSecond).toBe(800_000);
  });
});

describe("probing for more", () => {
  const line = { sent: 200_000, estimate: 300_000, needed: 600_000 };

  /** Bytes of padding in a second. */
  function second(prober: Prober, fromMs: number, now = line): number {
    let padded = 0;
    for (let nowMs = fromMs; nowMs < fromMs + 1_000; nowMs += 20) {
      const bytes = prober.padding(now, 20, nowMs);
      prober.notePadded(bytes);
      padded += bytes;
    }
    return padded;
  }

  it("adds a little on top of what is thought possible, while more is needed", () => {
    const rate = second(new Prober(), 10_000) * 8;
    expect(rate).toBeGreaterThan(150_000);
    expect(rate).toBeLessThan(200_000);
    expect(second(new Prober(), 10_000, { ...line, needed: 290_000 })).toBe(0);
  });

  it("gives up for a while where nothing comes of it", () => {
    const prober = new Prober();
    const padded = Array.from({ length: 40 }, (_, at) => second(prober, at * 1_000) > 0);
    expect(padded.filter(Boolean).length).toBeLessThan(24);
    expect(padded.lastIndexOf(true)).toBeGreaterThan(24);
  });

  it("rests after a fall, and longer each time that it was the fall's cause", () => {
    const prober = new Prober();
    const rests: number[] = [];
    let nowMs = 100_000;
    for (let fall = 0; fall < 6; fall++) {
      prober.noteFall(nowMs);
      const fellAtMs = nowMs;
      while (!prober.mayRise(nowMs)) nowMs += 1_000;
      expect(second(prober, nowMs)).toBeGreaterThan(0);
      rests.push(nowMs - fellAtMs);
      nowMs += 2_000;
    }
    expect(rests).toEqual([...rests].sort((one, other) => one - other));
    expect(rests[0]).toBeLessThanOrEqual(3_000);
    expect(rests[5]).toBeGreaterThanOrEqual(38_000);
  });
});

describe("the budget for repairs", () => {
  it("is a fifth of the downlink, however much is asked for", () => {
    const budget = new RepairBudget();
    let spent = 0;
    for (let nowMs = 0; nowMs < 10_000; nowMs += 10) {
      budget.refill(1_000_000, nowMs);
      while (!budget.isSpent) {
        budget.spend(1_200);
        spent += 1_200;
      }
    }
    expect((spent * 8) / 10).toBeGreaterThan(190_000);
    expect((spent * 8) / 10).toBeLessThan(225_000);
  });
});
