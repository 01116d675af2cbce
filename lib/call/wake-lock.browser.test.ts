import { expect, onTestFinished, test, vi } from "vitest";
import { keepScreenAwake } from "./wake-lock";

/** Stands in for the browser's own, which a window without a screen may refuse. */
function fakeWakeLock() {
  const locks: Array<{ released: boolean; release: () => Promise<void> }> = [];
  const request = vi.spyOn(navigator.wakeLock, "request").mockImplementation(async () => {
    const lock = {
      released: false,
      async release() {
        lock.released = true;
      },
    };
    locks.push(lock);
    return lock as unknown as WakeLockSentinel;
  });
  onTestFinished(() => request.mockRestore());
  return locks;
}

test("the screen is kept awake, again after the page was hidden, and until the end", async () => {
  const locks = fakeWakeLock();
  const stop = keepScreenAwake();
  await expect.poll(() => locks.length).toBe(1);
  // Hiding the page makes the browser take the lock back.
  await locks[0]?.release();
  document.dispatchEvent(new Event("visibilitychange"));
  await expect.poll(() => locks.map((lock) => lock.released)).toEqual([true, false]);
  stop();
  await expect.poll(() => locks.map((lock) => lock.released)).toEqual([true, true]);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(locks).toHaveLength(2);
});

test("a lock that is given after the call has ended is let go at once", async () => {
  const locks = fakeWakeLock();
  keepScreenAwake()();
  await expect.poll(() => locks.map((lock) => lock.released)).toEqual([true]);
});
