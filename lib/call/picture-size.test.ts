import { expect, test } from "vitest";
import { pictureSizeFor } from "./picture-size";

test("a thumb-sized tile gets the low stream, a large one the high", () => {
  expect(pictureSizeFor(90, "high")).toBe("low");
  expect(pictureSizeFor(540, "low")).toBe("high");
});

test("a tile about the border keeps what it has", () => {
  expect(pictureSizeFor(220, "high")).toBe("high");
  expect(pictureSizeFor(220, "low")).toBe("low");
});
