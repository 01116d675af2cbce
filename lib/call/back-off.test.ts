import { expect, test, vi } from "vitest";
import { backOffMs, wait } from "./back-off";

test("waits grow, stay within their bounds, and differ between people", () => {
  const bounds = { firstMs: 500, maxMs: 2000 };
  expect(backOffMs(0, bounds, () => 0)).toBe(250);
  expect(backOffMs(0, bounds, () => 1)).toBe(500);
  expect(backOffMs(1, bounds, () => 1)).toBe(1000);
  expect(backOffMs(40, bounds, () => 0)).toBe(1000);
  expect(backOffMs(40, bounds, () => 1)).toBe(2000);
});

test("a wait ends at once when it is aborted, before it or during it", async () => {
  vi.useFakeTimers();
  const aborted = new AbortController();
  aborted.abort();
  await wait(60_000, aborted.signal);
  const later = new AbortController();
  const waiting = wait(60_000, later.signal);
  later.abort();
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
