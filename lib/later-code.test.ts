import { expect, test } from "vitest";
import { LaterCode } from "./later-code";

test("code is brought once, however often it is asked for", async () => {
  let brought = 0;
  const code = new LaterCode(() => Promise.resolve(++brought));
  await Promise.all([code.load(), code.load()]);
  await code.load();
  expect(brought).toBe(1);
  expect(code.store.getState()).toEqual({ module: 1, hasFailed: false });
});

test("what could not be brought is said, and is brought when it is asked for again", async () => {
  const tries = [Promise.reject(new Error("no network")), Promise.resolve("here")];
  const code = new LaterCode(() => tries.shift() ?? Promise.reject(new Error("asked too often")));
  await code.load();
  expect(code.store.getState()).toEqual({ module: null, hasFailed: true });
  const again = code.load();
  expect(code.store.getState().hasFailed).toBe(false);
  await again;
  expect(code.store.getState()).toEqual({ module: "here", hasFailed: false });
});
