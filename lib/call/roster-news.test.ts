import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Uid } from "@/lib/contracts/identifiers";
import { RosterNews } from "./roster-news";
import { memberOf } from "./testing/member";

const ME = 1 as Uid;
const NEWCOMER = 7 as Uid;

let told: string[];
let isToLink: boolean;
let news: RosterNews;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  isToLink = true;
  news = new RosterNews({
    isToLink: (uid) => isToLink && uid !== ME,
    onNews: ({ set, left }) => {
      told.push([...set.map(({ uid, name }) => `${uid} ${name}`), ...left.map((uid) => `${uid} left`)].join(", "));
    },
  });
  news.put({ set: [memberOf(ME), memberOf(2)], left: [] });
  told = [];
});
afterEach(() => {
  news.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const comesIn = (uid = NEWCOMER) => news.put({ set: [memberOf(uid)], left: [] });

test("who comes in is told of when they have been answered", () => {
  comesIn();
  news.noteSettled(2 as Uid);
  expect(told).toEqual([]);
  news.noteSettled(NEWCOMER);
  expect(told).toEqual(["7 P7"]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(["7 P7"]);
});

test("who comes in and is not answered is told of after a moment that nobody sees", () => {
  comesIn();
  vi.advanceTimersByTime(99);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(["7 P7"]);
});

test("who comes in where this page answers nobody is told of at once", () => {
  isToLink = false;
  comesIn();
  expect(told).toEqual(["7 P7"]);
});

test("this person's own coming is told at once", () => {
  news.put({ set: [], left: [ME] });
  news.put({ set: [memberOf(ME)], left: [] });
  expect(told).toEqual(["1 left", "1 P1"]);
});

test("what changes of someone who is there already is told at once", () => {
  news.put({ set: [memberOf(2, { name: "RIYA" })], left: [] });
  expect(told).toEqual(["2 RIYA"]);
});

test("who has left and comes again is waited with like anybody", () => {
  news.put({ set: [], left: [2 as Uid] });
  comesIn(2 as Uid);
  expect(told).toEqual(["2 left"]);
});

test.each([
  { what: "another comes in", happening: { set: [memberOf(8)], left: [] }, as: "8 P8" },
  { what: "someone changes", happening: { set: [memberOf(2, { name: "RIYA" })], left: [] }, as: "2 RIYA" },
  { what: "they go again", happening: { set: [], left: [NEWCOMER] }, as: "7 left" },
  {
    what: "the stream is back",
    happening: { set: [memberOf(ME), memberOf(NEWCOMER)], left: [] },
    as: "1 P1, 7 P7",
  },
])("while someone is waited with $what: both are told, in their order", ({ happening, as }) => {
  comesIn();
  news.put(happening);
  expect(told).toEqual(["7 P7", as]);
});

test("what changes of someone who is waited with is told after their coming", () => {
  comesIn();
  news.put({ set: [memberOf(NEWCOMER, { name: "RIYA" })], left: [] });
  expect(told).toEqual([]);
  news.noteSettled(NEWCOMER);
  expect(told).toEqual(["7 P7", "7 RIYA"]);
});
