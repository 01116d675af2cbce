import { describe, expect, it } from "vitest";
import { DownlinkEstimate } from "./downlink-estimate";
import { Prober } from "./prober";
import { RepairBudget } from "./repair-budget";

describe("what a downlink bears", () => {
  it("is a guess at first, and then what the browser says, upwards", () => {
    const estimate = new DownlinkEstimate();
    expect([estimate.bitsPerSecond, estimate.isKnown]).toEqual([1_000_000, false]);
    estimate.noteSaid(4_000_000, 0);
    expect([estimate.bitsPerSecond, estimate.isKnown]).toEqual([4_000_000, true]);
  });

  it("comes down to what the browser says where packets queue, the faster the longer they do", () => {
    const fall = (roundTripMs: number) => {
      const estimate = new DownlinkEstimate();
      estimate.noteRoundTrip(40, 0);
      let reports = 0;
      while (estimate.bitsPerSecond > 200_000 && reports < 100) {
        reports++;
        estimate.noteRoundTrip(roundTripMs, reports * 500);
        estimate.noteSaid(200_000, reports * 500);
      }
      return reports;
    };
    expect(fall(900)).toBeLessThan(4);
    expect(fall(400)).toBeLessThan(11);
    expect(fall(400)).toBeGreaterThan(fall(900));
  });

  it("stays where nothing queues and nothing is lost, whatever a busy browser takes its own lateness for", () => {
    const estimate = new DownlinkEstimate();
    for (let second = 0; second < 60; second++) {
      estimate.noteRoundTrip(second % 3 === 0 ? 40 : 200, second * 1_000);
      estimate.noteLoss(0.01, 90_000, second * 1_000);
      estimate.noteSaid(50_000, second * 1_000);
    }
    expect(estimate.bitsPerSecond).toBe(1_000_000);
  });

  it("takes a way that has become longer for another network, not for a queue that never ends", () => {
    const estimate = new DownlinkEstimate();
    for (let second = 0; second < 10; second++) estimate.noteRoundTrip(20, second * 1_000);
    for (let second = 10; second < 60; second++) estimate.noteRoundTrip(420, second * 1_000);
    estimate.noteSaid(300_000, 60_000);
    expect(estimate.bitsPerSecond).toBe(1_000_000);
  });

  it("is not made less by some loss without the browser's word, which sending less would not mend", () => {
    const estimate = new DownlinkEstimate();
    estimate.noteSaid(1_200_000, 0);
    for (let report = 0; report < 60; report++) estimate.noteLoss(0.05, 500_000, report * 1_000);
    expect(estimate.bitsPerSecond).toBe(1_200_000);
    for (let report = 60; report < 80; report++) {
      estimate.noteSaid(400_000, report * 1_000);
      estimate.noteLoss(0.05, 500_000, report * 1_000);
    }
    expect(estimate.bitsPerSecond).toBe(400_000);
  });

  it("is made less by much loss, and comes back when that is over", () => {
    const estimate = new DownlinkEstimate();
    estimate.noteSaid(1_000_000, 0);
    estimate.noteLoss(0.4, 500_000, 0);
    expect(estimate.bitsPerSecond).toBe(400_000);
    for (let report = 0; report < 6; report++) estimate.noteLoss(0, 400_000, 3_000 + report * 1_000);
    expect(estimate.bitsPerSecond).toBe(1_000_000);
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
