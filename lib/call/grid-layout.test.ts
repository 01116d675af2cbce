import { expect, test } from "vitest";
import { gridLayout } from "./grid-layout";

const DESKTOP = { width: 1240, height: 640 };
const PHONE = { width: 366, height: 660 };
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

test("an area that is not laid out yet gives tiles of no size, not of a negative one", () => {
  expect(gridLayout(5, 0, 0, GAP)).toMatchObject({ tileWidth: 0, tileHeight: 0 });
});
