import { describe, expect, it } from "vitest";
import { chooseLayers, idealLayer, type Wish } from "./layer-choice";

const LAYERS = [
  { bitsPerSecond: 150_000, height: 180 },
  { bitsPerSecond: 500_000, height: 360 },
  { bitsPerSecond: 1_500_000, height: 720 },
];

const wish = (height: number, current: number | null = 0): Wish => ({ height, layers: LAYERS, current });

describe("the layer that a tile needs", () => {
  it.each([
    [90, 0],
    [200, 0],
    [300, 1],
    [480, 1],
    [500, 2],
    [2_000, 2],
  ])("%i pixels tall: %i", (height, layer) => {
    expect(idealLayer(wish(height))).toBe(layer);
  });

  it("is the largest while no size is known", () => {
    expect(idealLayer({ height: 90, layers: LAYERS.map((layer) => ({ ...layer, height: undefined })) })).toBe(2);
  });
});

describe("a downlink that is shared", () => {
  it("gives everyone what their tile needs where there is room", () => {
    expect(chooseLayers([wish(720), wish(180), wish(360)], 5_000_000, true)).toEqual([2, 0, 1]);
  });

  it("keeps all pictures moving before it makes any large, and then the largest tile's first", () => {
    expect(chooseLayers([wish(180), wish(720), wish(720)], 500_000, true)).toEqual([0, 0, 0]);
    expect(chooseLayers([wish(300), wish(720), wish(600)], 950_000, true)).toEqual([0, 1, 0]);
  });

  it("pauses the smallest tiles where not even that is to be had", () => {
    expect(chooseLayers([wish(180), wish(720), wish(360)], 320_000, true)).toEqual([null, 0, 0]);
    expect(chooseLayers([wish(180), wish(720), wish(360)], 160_000, true)).toEqual([null, 0, null]);
    expect(chooseLayers([wish(180), wish(720)], 100_000, true)).toEqual([null, null]);
  });

  it("goes down at once, and up only when it may and with room to spare", () => {
    expect(chooseLayers([wish(720, 2)], 600_000, false)).toEqual([1]);
    expect(chooseLayers([wish(720, 0)], 5_000_000, false)).toEqual([0]);
    expect(chooseLayers([wish(720, null)], 400_000, false)).toEqual([null]);
    expect(chooseLayers([wish(360, 0)], 510_000, true)).toEqual([0]);
    expect(chooseLayers([wish(360, 0)], 560_000, true)).toEqual([1]);
    expect(chooseLayers([wish(360, 1)], 510_000, true)).toEqual([1]);
  });

  it("begins a picture where there is plenty of room, also when it may not try for more: someone has come", () => {
    expect(chooseLayers([wish(720, null)], 5_000_000, false)).toEqual([0]);
    expect(chooseLayers([wish(720, 1), wish(180, null)], 1_000_000, false)).toEqual([1, 0]);
  });

  it("lets a picture go on that has nearly room, and begins none that has not", () => {
    expect(chooseLayers([wish(180)], 120_000, true)).toEqual([0]);
    expect(chooseLayers([wish(180, null)], 120_000, true)).toEqual([null]);
    expect(chooseLayers([wish(180, null)], 150_000, true)).toEqual([0]);
  });

  it("never spends more than there is, but for a part of the smallest picture", () => {
    const heights = [90, 180, 360, 720];
    for (let budget = 0; budget < 6_000_000; budget += 70_000) {
      const wishes = heights.flatMap((height) => [wish(height, null), wish(height, 0), wish(height, 2)]);
      const cost = chooseLayers(wishes, budget, true).reduce<number>(
        (sum, layer) => sum + (layer === null ? 0 : (LAYERS[layer]?.bitsPerSecond ?? 0)),
        0,
      );
      expect(cost).toBeLessThanOrEqual(budget + 150_000 * 0.25);
    }
  });
});
