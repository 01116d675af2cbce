import { expect, test } from "vitest";
import { CORNERS, type Corner, cornerPlace, nearestCorner, nextCorner } from "./corner-place";

const OVER = { left: 40, top: 10, width: 1100, height: 620 };

test.each(CORNERS)("a picture in the %s stays within the others' and is found there again", (corner) => {
  const { left, top, width, height } = cornerPlace(corner, OVER);
  expect(left).toBeGreaterThan(OVER.left);
  expect(top).toBeGreaterThan(OVER.top);
  expect(left + width).toBeLessThan(OVER.left + OVER.width);
  expect(top + height).toBeLessThan(OVER.top + OVER.height);
  expect(nearestCorner({ left: left + width / 2, top: top + height / 2 }, OVER)).toBe(corner);
});

test("moving on and on goes round all corners", () => {
  const seen = new Set<Corner>();
  let corner: Corner = "bottom-right";
  for (const _ of CORNERS) {
    seen.add(corner);
    corner = nextCorner(corner);
  }
  expect(seen.size).toBe(4);
  expect(corner).toBe("bottom-right");
});

test("it is upright over an upright picture", () => {
  const { width, height } = cornerPlace("bottom-right", { left: 0, top: 0, width: 366, height: 660 });
  expect(height).toBeGreaterThan(width);
});
