import { expect, test } from "vitest";
import { stripLayout } from "./strip-layout";

const GAP = 12;
const areas = {
  desktop: { left: 0, top: 0, width: 1256, height: 620 },
  "upright phone": { left: 0, top: 0, width: 366, height: 660 },
  "phone held sideways": { left: 0, top: 0, width: 820, height: 285 },
};

test.each(Object.entries(areas))(
  "on a %s neither stage nor strip leaves the area or covers the other",
  (_name, area) => {
    for (let count = 1; count <= 12; count++) {
      const { stage, places } = stripLayout(count, area, GAP);
      expect(stage.width * stage.height).toBeGreaterThan(0.4 * area.width * area.height);
      for (const { left, top, width, height } of places) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left + width).toBeLessThanOrEqual(area.width);
        expect(top + height).toBeLessThanOrEqual(area.height);
        expect(left >= stage.width + GAP || top >= stage.height + GAP).toBe(true);
      }
    }
  },
);

test("a desktop's strip holds the eleven others of twelve, a phone's six", () => {
  expect(stripLayout(11, areas.desktop, GAP).places).toHaveLength(11);
  expect(stripLayout(11, areas["upright phone"], GAP).places).toHaveLength(6);
});

test("on a phone held sideways the strip has what the largest picture leaves beside it", () => {
  const area = areas["phone held sideways"];
  const five = stripLayout(5, area, GAP);
  expect(five.places).toHaveLength(5);
  expect(five.stage.width).toBeGreaterThanOrEqual(Math.floor((area.height * 16) / 9));
  expect(stripLayout(8, area, GAP).places).toHaveLength(6);
});

test("the line under the strip costs the stage nothing where the strip is wide enough for it", () => {
  const sideways = areas["phone held sideways"];
  const { stage, places, foot } = stripLayout(8, sideways, GAP, 44);
  expect(stage.height).toBe(sideways.height);
  expect(foot.left).toBeGreaterThan(stage.width);
  for (const { top, height } of places) expect(top + height).toBeLessThanOrEqual(sideways.height - 44);
  // A single column is too narrow.
  const small = { left: 0, top: 0, width: 430, height: 300 };
  const narrow = stripLayout(8, small, GAP, 44);
  expect(narrow.stage.height).toBe(small.height - 44);
  expect(narrow.foot).toEqual(small);
  const upright = stripLayout(8, areas["upright phone"], GAP, 44);
  for (const { top, height } of upright.places) expect(top + height).toBeLessThanOrEqual(660 - 44);
});

test("with nobody beside it the stage has the whole area", () => {
  expect(stripLayout(0, areas.desktop, GAP)).toEqual({
    stage: areas.desktop,
    places: [],
    foot: areas.desktop,
  });
});
