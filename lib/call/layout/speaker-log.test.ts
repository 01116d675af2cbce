import { expect, test } from "vitest";
import { SpeakerLog } from "./speaker-log";

test("who speaks for long enough has the word", () => {
  const log = new SpeakerLog<string>();
  log.note("RIYA", true, 0);
  expect(log.settle(0)).toBe(1200);
  expect(log.recent).toEqual([]);
  expect(log.settle(1200)).toBeUndefined();
  expect(log.recent).toEqual(["RIYA"]);
});

test("a cough takes the word from nobody", () => {
  const log = new SpeakerLog<string>();
  log.note("RIYA", true, 0);
  log.settle(1200);
  log.note("RIYA", false, 2000);
  log.note("RAHUL", true, 3000);
  log.note("RAHUL", false, 3900);
  expect(log.settle(9000)).toBeUndefined();
  expect(log.recent).toEqual(["RIYA"]);
});

test("who falls silent keeps the word until somebody else has it", () => {
  const log = new SpeakerLog<string>();
  log.note("RIYA", true, 0);
  log.settle(1200);
  log.note("RIYA", false, 2000);
  log.note("RAHUL", true, 5000);
  log.settle(6199);
  expect(log.recent[0]).toBe("RIYA");
  log.settle(6200);
  expect(log.recent).toEqual(["RAHUL", "RIYA"]);
});

test("who speaks into another's words has to go on for longer, and two at once do not take turns", () => {
  const log = new SpeakerLog<string>();
  log.note("RIYA", true, 0);
  log.settle(1200);
  log.note("RAHUL", true, 2000);
  expect(log.settle(3200)).toBe(1800);
  expect(log.recent).toEqual(["RIYA"]);
  expect(log.settle(5000)).toBeUndefined();
  expect(log.recent).toEqual(["RAHUL", "RIYA"]);
  // Both go on speaking: nothing is waited for.
  expect(log.settle(60_000)).toBeUndefined();
  expect(log.recent).toEqual(["RAHUL", "RIYA"]);
});

test("who is gone had never spoken", () => {
  const log = new SpeakerLog<string>();
  log.note("RIYA", true, 0);
  log.settle(1200);
  log.forget("RIYA");
  expect(log.recent).toEqual([]);
  expect(log.settle(1300)).toBeUndefined();
});
