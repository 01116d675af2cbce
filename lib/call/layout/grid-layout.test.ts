import { expect, test } from "vitest";
import { gridCapacity, gridLayout, gridPlaces } from "./grid-layout";

const DESKTOP = { width: 1240, height: 640 };
const PHONE = { width: 366, height: 660 };
const PHONE_SIDEWAYS = { width: 820, height: 285 };
const GAP = 12;

test.each([1, 2, 3, 4, 5, 6, 7, 8])("the tiles of %i people fit, on a desktop and on a phone", (count) => {
  for (const { width, height } of [DESKTOP, PHONE]) {
    const { columns, tileWidth, tileHeight } = gridLayout(count, width, height, GAP);
    const rows = Math.ceil(count / columns);
    expect(columns * tileWidth + (columns - 1) * GAP).toBeLessThanOrEqual(width);
    expect(rows * tileHeight + (rows - 1) * GAP).toBeLessThanOrEqual(height);
    expect((count * tileWidth * tileHeight) / (width * height)).toBeGreaterThan(0.6);
  }
});

test("two people are side by side on a desktop and one above the other on a phone", () => {
  expect(gridLayout(2, DESKTOP.width, DESKTOP.height, GAP).columns).toBe(2);
  expect(gridLayout(2, PHONE.width, PHONE.height, GAP).columns).toBe(1);
});

test("on a phone three people are stacked, and more are in two columns", () => {
  const columns = [3, 4, 5, 6].map((count) => gridLayout(count, PHONE.width, PHONE.height, GAP).columns);
  expect(columns).toEqual([1, 2, 2, 2]);
});

test("one person alone fills an upright phone", () => {
  expect(gridLayout(1, PHONE.width, PHONE.height, GAP)).toMatchObject({ tileWidth: 366, tileHeight: 660 });
});

test("an area that is not laid out yet gives tiles of no size, not of a negative one", () => {
  expect(gridLayout(5, 0, 0, GAP)).toMatchObject({ tileWidth: 0, tileHeight: 0 });
});

test("an area holds as many as can still be told apart", () => {
  expect(gridCapacity(DESKTOP.width, DESKTOP.height, GAP)).toBe(25);
  expect(gridCapacity(PHONE.width, PHONE.height, GAP)).toBe(6);
  expect(gridCapacity(PHONE_SIDEWAYS.width, PHONE_SIDEWAYS.height, GAP)).toBeGreaterThanOrEqual(8);
  expect(gridCapacity(0, 0, GAP)).toBe(1);
});

test("the last row stands in the middle", () => {
  const area = { left: 0, top: 0, ...DESKTOP };
  const [, , , fourth, fifth] = gridPlaces(5, area, GAP);
  const middle = ((fourth?.left ?? 0) + (fifth?.left ?? 0) + (fifth?.width ?? 0)) / 2;
  expect(middle).toBeCloseTo(DESKTOP.width / 2, 0);
});
