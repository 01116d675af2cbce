import { beforeEach, expect, it } from "vitest";
import type { RoomName } from "@/lib/contracts/identifiers";
import { forgetRecentRoom, forgetRecentRooms, onRecentRooms, readRecentRooms, storeRecentRoom } from "./recent-rooms";

const enter = (...rooms: string[]) => {
  for (const room of rooms) storeRecentRoom(room as RoomName);
};

beforeEach(() => localStorage.clear());

it("are the last five, the last first, each once", () => {
  enter("A", "B", "C", "D", "E", "F", "B");
  expect(readRecentRooms()).toEqual(["B", "F", "E", "D", "C"]);
});

it("are forgotten one by one, or all", () => {
  enter("A", "B", "C");
  forgetRecentRoom("B" as RoomName);
  expect(readRecentRooms()).toEqual(["C", "A"]);
  forgetRecentRooms();
  expect(readRecentRooms()).toEqual([]);
  expect(localStorage.length).toBe(0);
});

it("are one and the same array until they change, which is told", () => {
  enter("A");
  const before = readRecentRooms();
  expect(readRecentRooms()).toBe(before);
  let told = 0;
  const stop = onRecentRooms(() => told++);
  enter("B");
  window.dispatchEvent(new StorageEvent("storage", { key: "mychat:recent-rooms" }));
  window.dispatchEvent(new StorageEvent("storage", { key: "another" }));
  expect(told).toBe(2);
  stop();
  enter("C");
  expect(told).toBe(2);
});

it("leave out what is no room's name", () => {
  localStorage.setItem("mychat:recent-rooms", "MAIN café? {}");
  expect(readRecentRooms()).toEqual(["MAIN"]);
});
