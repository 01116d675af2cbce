import * as v from "valibot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Member } from "@/lib/contracts/members";
import { Roster, type RosterChange } from "./roster";

const person = (uid: number, name: string): Member =>
  v.parse(Member, {
    uid,
    name,
    state: "connected",
    instance: "8f14e45f-ceea-4670-8b9e-6a1c1f5c4d2a",
    joinedAt: uid,
    unreachable: [],
    handRaisedAt: null,
    isMutedByHost: false,
    screen: null,
  });

const rohit = person(1, "ROHIT");
const riya = person(2, "RIYA");

let changes: RosterChange[];
let roster: Roster;

beforeEach(() => {
  vi.useFakeTimers();
  changes = [];
  roster = new Roster((change) => changes.push(change));
});
afterEach(() => {
  roster.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("who is missing after the server's return is reconnecting for ten seconds, then gone", () => {
  roster.welcome([rohit, riya]);
  roster.welcome([rohit]);
  expect(roster.get(riya.uid)?.state).toBe("reconnecting");
  expect(changes.at(-1)).toEqual({ set: [rohit, { ...riya, state: "reconnecting" }], left: [] });
  vi.advanceTimersByTime(9999);
  expect(roster.members).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(roster.members).toEqual([rohit]);
  expect(changes.at(-1)).toEqual({ set: [], left: [riya.uid] });
});

test("who comes back in time keeps their place", () => {
  roster.welcome([rohit, riya]);
  roster.welcome([riya]);
  roster.set(rohit);
  vi.advanceTimersByTime(60_000);
  expect(roster.members).toEqual([rohit, riya]);
  expect(changes.every(({ left }) => left.length === 0)).toBe(true);
});

test("a second welcome does not prolong the grace", () => {
  roster.welcome([rohit, riya]);
  roster.welcome([rohit]);
  vi.advanceTimersByTime(8000);
  roster.welcome([rohit]);
  vi.advanceTimersByTime(2000);
  expect(roster.members).toEqual([rohit]);
});

test("who is missing from two welcomes and comes back then stays", () => {
  roster.welcome([rohit, riya]);
  roster.welcome([rohit]);
  roster.welcome([rohit]);
  roster.set(riya);
  vi.advanceTimersByTime(60_000);
  expect(roster.members).toEqual([rohit, riya]);
});

test("for who is missing and leaves meanwhile nothing is waited for", () => {
  roster.welcome([rohit, riya]);
  roster.welcome([rohit]);
  roster.remove(riya.uid);
  expect(vi.getTimerCount()).toBe(0);
});

test("someone who leaves twice is gone once", () => {
  roster.welcome([rohit, riya]);
  roster.remove(riya.uid);
  roster.remove(riya.uid);
  expect(changes.flatMap(({ left }) => left)).toEqual([riya.uid]);
});

test("at a door that is locked nobody is known any more, and nobody is missed later", () => {
  roster.welcome([rohit, riya]);
  roster.welcome([rohit]);
  roster.clear();
  expect(roster.members).toEqual([]);
  expect(changes.at(-1)).toEqual({ set: [], left: [rohit.uid, riya.uid] });
  expect(vi.getTimerCount()).toBe(0);
  const count = changes.length;
  vi.advanceTimersByTime(60_000);
  roster.clear();
  expect(changes).toHaveLength(count);
});
