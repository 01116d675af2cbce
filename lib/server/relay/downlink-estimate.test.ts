import { describe, expect, it } from "vitest";
import { DownlinkEstimate } from "./downlink-estimate";
import { Prober } from "./prober";
import { RepairBudget } from "./repair-budget";
import type { Arrival } from "./transport-feedback";

/** A line between the relay and a page that bears so much, keeps so much of what is too much, and loses the rest. */
class Line {
  readonly estimate = new DownlinkEstimate();
  nowMs = 0;
  bears = 10_000_000;
  queueMs = 200;
  /** How long the page takes to look at what has come. */
  lateMs = 0;
  wayMs = 20;
  lossEvery = 0;
  #isFreeAtMs = 0;
  #onTheWay: Arrival[] = [];
  #sent = 0;

  /** So much is sent, evenly, in packets of 500 bytes. */
  pass(ms: number, bitsPerSecond: number): void {
    const everyMs = (500 * 8 * 1_000) / bitsPerSecond;
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; this.nowMs += everyMs) {
      this.#send(500);
      if (this.#onTheWay.length >= 10 || this.nowMs % 100 < everyMs) this.#tell();
    }
  }

  #send(bytes: number): void {
    const sequence = this.estimate.nextSequence;
    this.estimate.noteSent(bytes, this.nowMs);
    this.#sent++;
    const startsAtMs = Math.max(this.nowMs, this.#isFreeAtMs);
    const isLost = startsAtMs - this.nowMs > this.queueMs || (this.lossEvery > 0 && this.#sent % this.lossEvery === 0);
    if (!isLost) this.#isFreeAtMs = startsAtMs + (bytes * 8 * 1_000) / this.bears;
    this.#onTheWay.push({ sequence, atMs: isLost ? undefined : 70_000 + this.#isFreeAtMs + this.wayMs + this.lateMs });
  }

  #tell(): void {
    this.estimate.noteArrivals(this.#onTheWay, this.nowMs);
    this.#onTheWay = [];
  }
}

describe("what a downlink bears", () => {
  it("is a guess at first, and then more where more comes through", () => {
    const line = new Line();
    expect([line.estimate.bitsPerSecond, line.estimate.isKnown]).toEqual([1_000_000, false]);
    line.pass(3_000, 4_000_000);
    expect(line.estimate.isKnown).toBe(true);
    expect(line.estimate.bitsPerSecond).toBeGreaterThan(3_900_000);
  });

  it("is a little less than what comes where packets queue, within a second", () => {
    const line = new Line();
    line.pass(3_000, 900_000);
    line.bears = 250_000;
    line.pass(1_500, 900_000);
    expect(line.estimate.bitsPerSecond).toBeLessThan(300_000);
    line.pass(1_500, 900_000);
    expect(line.estimate.bitsPerSecond).toBeLessThan(250_000);
    expect(line.estimate.bitsPerSecond).toBeGreaterThan(180_000);
  });

  it("grows when nothing queues, and no further than what comes can show", () => {
    const line = new Line();
    line.pass(2_000, 900_000);
    const before = line.estimate.bitsPerSecond;
    line.pass(20_000, 900_000);
    expect(line.estimate.bitsPerSecond).toBeGreaterThan(before * 1.2);
    expect(line.estimate.bitsPerSecond).toBeLessThan(1_400_000);
  });

  it("grows slowly to what was too much before, and at once where more comes through", () => {
    const line = new Line();
    line.pass(2_000, 900_000);
    line.bears = 250_000;
    line.pass(3_000, 900_000);
    line.pass(12_000, 200_000);
    expect(line.estimate.bitsPerSecond).toBeGreaterThan(200_000);
    expect(line.estimate.bitsPerSecond).toBeLessThan(250_000);
    line.bears = 10_000_000;
    line.pass(2_000, 400_000);
    expect(line.estimate.bitsPerSecond).toBeGreaterThan(390_000);
  });

  it("stays where a busy page looks late now and then", () => {
    const line = new Line();
    line.pass(2_000, 800_000);
    const before = line.estimate.bitsPerSecond;
    for (let stall = 0; stall < 30; stall++) {
      line.lateMs = 180;
      line.pass(100, 800_000);
      line.lateMs = 0;
      line.pass(900, 800_000);
    }
    expect(line.estimate.bitsPerSecond).toBeGreaterThanOrEqual(before);
  });

  it("takes a way that has become longer for another network, not for a queue that never ends", () => {
    const line = new Line();
    line.pass(5_000, 800_000);
    const before = line.estimate.bitsPerSecond;
    line.wayMs = 320;
    line.pass(5_000, 400_000);
    expect(line.estimate.bitsPerSecond).toBeGreaterThanOrEqual(before);
  });

  it("does not take a long queue for another network while it becomes shorter", () => {
    const line = new Line();
    line.queueMs = 1_500;
    line.pass(3_000, 900_000);
    line.bears = 250_000;
    line.pass(500, 900_000);
    line.pass(1_500, line.estimate.bitsPerSecond);
    for (let second = 0; second < 8; second++) {
      line.pass(1_000, line.estimate.bitsPerSecond);
      expect(line.estimate.bitsPerSecond).toBeLessThan(260_000);
    }
  });

  it("is not made less by some loss, which sending less would not mend", () => {
    const line = new Line();
    line.pass(2_000, 800_000);
    const before = line.estimate.bitsPerSecond;
    line.lossEvery = 20;
    line.pass(30_000, 800_000);
    expect(line.estimate.bitsPerSecond).toBeGreaterThanOrEqual(before);
  });

  it("is made less by much loss, also where nothing queues, and comes back when that is over", () => {
    const line = new Line();
    line.queueMs = 10;
    line.bears = 300_000;
    line.pass(4_000, 900_000);
    expect(line.estimate.bitsPerSecond).toBeLessThan(300_000);
    line.bears = 10_000_000;
    line.pass(10_000, 900_000);
    expect(line.estimate.bitsPerSecond).toBeGreaterThan(850_000);
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
      while (!prober.mayProbe(nowMs)) nowMs += 1_000;
      expect(second(prober, nowMs)).toBeGreaterThan(0);
      rests.push(nowMs - fellAtMs);
      nowMs += 2_000;
    }
    expect(rests).toEqual([...rests].sort((one, other) => one - other));
    expect(rests[0]).toBeLessThanOrEqual(3_000);
    expect(rests[5]).toBeGreaterThanOrEqual(14_000);
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
