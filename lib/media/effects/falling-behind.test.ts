import { describe, expect, it } from "vitest";
import { FallingBehind, isPictureBehind } from "./falling-behind";

/** The look, counted from 1, at which it gives up. */
function givesUpAt(looks: boolean[]): number | undefined {
  const falling = new FallingBehind();
  const index = looks.findIndex((isBehind) => falling.look(isBehind));
  return index === -1 ? undefined : index + 1;
}

const times = (count: number, isBehind: boolean) => Array.from({ length: count }, () => isBehind);

describe("FallingBehind", () => {
  it("gives up after five seconds in a row, warming up not counted", () => {
    expect(givesUpAt(times(20, true))).toBe(8);
    expect(givesUpAt([...times(10, false), ...times(10, true)])).toBe(15);
  });

  it("bears a machine that is busy now and then", () => {
    const busy = [...times(4, true), false];
    expect(givesUpAt([...times(3, false), ...busy, ...busy, ...busy])).toBeUndefined();
  });
});

describe("isPictureBehind", () => {
  it("wants ten frames a second, and no more than half of what the camera gives", () => {
    expect(isPictureBehind(24, 9)).toBe(true);
    expect(isPictureBehind(24, 11)).toBe(false);
    expect(isPictureBehind(30, 1.5)).toBe(true);
  });

  it("does not blame the machine for a camera in the dark, or for none at all", () => {
    expect(isPictureBehind(7, 6)).toBe(false);
    expect(isPictureBehind(7, 3)).toBe(true);
    expect(isPictureBehind(0, 0)).toBe(false);
  });
});
