import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type CallStore, createCallStore, type Stay, withRosterChange } from "@/lib/call/call-store";
import type { Uid } from "@/lib/contracts/identifiers";
import type { Member } from "@/lib/contracts/members";
import type { NoticeSound } from "@/lib/media/notice-sounds";
import { watchComingsAndGoings } from "./comings-and-goings";

const SELF = 1 as Uid;
let store: CallStore;
let said: string[];
let sounds: NoticeSound[];
let stop: () => void;

const member = (uid: number, name: string, state: Member["state"] = "connected") =>
  ({ uid, name, state, instance: "", joinedAt: 0 }) as unknown as Member;

function change(set: Member[], left: number[] = []): void {
  store.setState((state) => withRosterChange(state, { set, left: left as Uid[] }, SELF));
}

/** Comes in where some people are already. */
function enter(...members: Member[]): void {
  store.setState((state) => ({
    ...withRosterChange({ ...state, players: {}, order: [] }, { set: members, left: [] }, SELF),
    phase: "joined",
    stay: {} as Stay,
  }));
}

beforeEach(() => {
  vi.useFakeTimers();
  store = createCallStore();
  said = [];
  sounds = [];
  stop = watchComingsAndGoings(store, ({ words, sound }) => {
    said.push(words);
    sounds.push(sound);
  });
  enter(member(1, "ROHIT"), member(2, "MEERA"));
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

test("says who comes and who leaves, and not who was there already", () => {
  vi.runAllTimers();
  expect(said).toEqual([]);
  change([member(3, "RIYA")]);
  vi.runAllTimers();
  change([], [2]);
  vi.runAllTimers();
  expect(said).toEqual(["RIYA joined", "MEERA left"]);
  expect(sounds).toEqual(["joined", "left"]);
});

test("says many who come together in one sentence", () => {
  change([member(3, "RIYA")]);
  change([member(4, "RAHUL"), member(5, "ARJUN")], [2]);
  vi.runAllTimers();
  expect(said).toEqual(["RIYA and 2 others joined, MEERA left"]);
});

test("tells people of one name apart", () => {
  change([member(3, "MEERA")]);
  vi.runAllTimers();
  change([], [3]);
  vi.runAllTimers();
  expect(said).toEqual(["MEERA (2) joined", "MEERA (2) left"]);
});

test("is silent about who reconnects, who comes back at once under a new uid, and a stay that begins anew", () => {
  change([member(2, "MEERA", "reconnecting")]);
  change([member(2, "MEERA")]);
  change([member(6, "MEERA")], [2]);
  enter(member(1, "ROHIT"), member(7, "MEERA"));
  vi.runAllTimers();
  expect(said).toEqual([]);
});
