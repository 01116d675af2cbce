import { expect, it } from "vitest";
import { Silence } from "./silence";

/** Looks every 20 ms. */
function pass(silence: Silence, fromMs: number, toMs: number): void {
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 20) silence.look(nowMs);
}

it("is what nothing has come by for longer than a page that is there would be quiet", () => {
  const silence = new Silence();
  pass(silence, 0, 10_000);
  expect(silence.isSilent(7_000, 10_000)).toBe(false);
  expect(silence.isSilent(6_000, 10_000)).toBe(true);
});

it("is nobody's when it was this end that did not look", () => {
  const silence = new Silence();
  pass(silence, 0, 10_000);
  pass(silence, 16_000, 16_400);
  expect(silence.isSilent(9_900, 16_400)).toBe(false);
  pass(silence, 16_420, 20_000);
  expect(silence.isSilent(9_900, 20_000)).toBe(true);
});
