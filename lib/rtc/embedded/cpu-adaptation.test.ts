import { expect, test } from "vitest";
import { CpuAdaptation } from "./cpu-adaptation";

const timings = { overuseMs: 4_000, underuseMs: 10_000 };
const EVERY_MS = 500;

/** A machine on which time goes by, with a reading every half second. */
function machine(processors: number) {
  const adaptation = new CpuAdaptation(timings, () => processors);
  let atMs = 0;
  return {
    get stepsDown() {
      return adaptation.stepsDown;
    },
    /** @returns how many steps there were in it */
    pass(seconds: number, load: number, isLimited = false): number {
      let changes = 0;
      for (const endMs = atMs + seconds * 1_000; atMs < endMs; atMs += EVERY_MS) {
        if (adaptation.note({ atMs, load, isLimited })) changes++;
      }
      return changes;
    },
  };
}

test("a machine that keeps up has everything as usual", () => {
  const pc = machine(2);
  expect(pc.pass(600, 0.69)).toBe(0);
  expect(pc.stepsDown).toBe(0);
});

test("what is too much for four seconds is a step less, and no more than four in all", () => {
  const pc = machine(2);
  pc.pass(4, 0.71);
  expect(pc.stepsDown).toBe(0);
  pc.pass(1, 0.71);
  expect(pc.stepsDown).toBe(1);
  pc.pass(3, 0.71);
  expect(pc.stepsDown).toBe(1);
  pc.pass(60, 0.71);
  expect(pc.stepsDown).toBe(4);
});

test("a moment of too much, as when people come in, is none", () => {
  const pc = machine(2);
  for (let time = 0; time < 20; time++) {
    pc.pass(3, 1.5);
    pc.pass(20, 0.4);
  }
  expect(pc.stepsDown).toBe(0);
});

test("a picture that stands still now and then is no rest", () => {
  const pc = machine(2);
  for (let time = 0; time < 10; time++) {
    pc.pass(1, 1.5);
    pc.pass(0.5, 0);
  }
  expect(pc.stepsDown).toBeGreaterThan(0);
});

test("an encoder that says that the processor holds it back is believed", () => {
  const pc = machine(8);
  pc.pass(5, 0.1, true);
  expect(pc.stepsDown).toBe(1);
});

test("with many processors one is the limit", () => {
  const pc = machine(64);
  pc.pass(60, 0.99);
  expect(pc.stepsDown).toBe(0);
  pc.pass(5, 1.01);
  expect(pc.stepsDown).toBe(1);
});

test("where there is room again there is more again, but not where more would be too much", () => {
  const pc = machine(2);
  pc.pass(5, 0.8);
  pc.pass(60, 0.4);
  expect(pc.stepsDown).toBe(1);
  pc.pass(10, 0.3);
  expect(pc.stepsDown).toBe(1);
  pc.pass(1, 0.3);
  expect(pc.stepsDown).toBe(0);
});

test("more that is too much each time is tried ever more seldom", () => {
  const pc = machine(2);
  pc.pass(5, 0.8);
  const triedAfter: number[] = [];
  for (let time = 0; time < 6; time++) {
    let seconds = 0;
    for (; pc.stepsDown === 1; seconds++) pc.pass(1, 0.3);
    triedAfter.push(seconds);
    while (pc.stepsDown === 0) pc.pass(1, 0.8);
  }
  // The mean takes two seconds more to come down.
  for (const [time, seconds] of [10, 20, 40, 80, 80, 80].entries()) {
    expect(triedAfter[time]).toBeGreaterThanOrEqual(seconds);
    expect(triedAfter[time]).toBeLessThan(seconds + 4);
  }
});
