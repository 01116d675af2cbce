import { expect, test } from "vitest";
import { Prober } from "./prober";

const TICK_MS = 100;

/** How many bytes of padding each second has, where the estimate is what `estimateAt` says of that second. */
function probe(seconds: number, estimateAt: (second: number) => number): number[] {
  const prober = new Prober();
  return Array.from({ length: seconds }, (_, second) => {
    let bytes = 0;
    for (let tick = 0; tick < 1000 / TICK_MS; tick++) {
      const line = { sent: 0, estimate: estimateAt(second), needed: 200_000 };
      const owed = prober.padding(line, TICK_MS, 100_000 + second * 1000 + tick * TICK_MS);
      prober.notePadded(owed);
      bytes += owed;
    }
    return bytes;
  });
}

test("an estimate that rises is led upwards without a pause, one that does not only now and then", () => {
  const rising = probe(20, (second) => 50_000 * 1.05 ** second);
  expect(rising.every((bytes) => bytes > 0)).toBe(true);
  const still = probe(20, () => 100_000);
  expect(still.slice(0, 10).every((bytes) => bytes > 0)).toBe(true);
  expect(still.slice(11).every((bytes) => bytes === 0)).toBe(true);
});

test("where no picture flows and nothing is estimated there is padding all the same", () => {
  const [bytes = 0] = probe(1, () => 0);
  expect(bytes * 8).toBeGreaterThan(50_000);
  expect(bytes * 8).toBeLessThanOrEqual(60_000);
});
