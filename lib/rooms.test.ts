import * as v from "valibot";
import { expect, test } from "vitest";
import { RoomName } from "./contracts/identifiers";
import { newRoomName } from "./rooms";

test("a new room's name is a room's name as it stands", () => {
  const name = newRoomName();
  expect(v.parse(RoomName, name)).toBe(name);
  expect(name).toMatch(/^[A-Z]{5}(-[A-Z]{5}){2}$/);
});

test("of ten thousand new names no two are the same", () => {
  expect(new Set(Array.from({ length: 10_000 }, newRoomName)).size).toBe(10_000);
});
