import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { type CallStore, createCallStore, type Stay, withPlayer, withRosterChange } from "@/lib/call/call-store";
import type { ChatState } from "@/lib/call/chat/chat";
import { Reactions } from "@/lib/call/reactions";
import type { Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage, Member } from "@/lib/contracts/members";
import { watchHands } from "./hands-raised";
import { watchMessages } from "./messages-written";
import type { Notice } from "./notice";
import { watchReactions } from "./reactions-shown";
import { WordsQueue } from "./words-queue";

const SELF = 1 as Uid;
const RIYA = 2 as Uid;
const MEERA = 3 as Uid;
let store: CallStore;
let told: Notice[];

const words = () => told.map((notice) => notice.words);
const member = (uid: Uid, name: string, handRaisedAt: number | null = null) =>
  ({
    uid,
    name,
    state: "connected",
    unreachable: [],
    isMutedByHost: false,
    handRaisedAt,
    screen: null,
  }) as unknown as Member;

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
  told = [];
});
afterEach(() => vi.useRealTimers());

test("hands are told of when they go up: not one's own, nor those that were up before, nor one lowered at once", () => {
  const stop = watchHands(store, (notice) => told.push(notice));
  const raise = (uid: Uid, at: number | null) =>
    store.setState((state) => withPlayer(state, uid, { handRaisedAt: at }));
  enter(member(SELF, "ROHIT"), member(RIYA, "RIYA", 5), member(MEERA, "MEERA"));
  raise(SELF, 6);
  raise(MEERA, 7);
  vi.runAllTimers();
  expect(told).toEqual([{ words: "MEERA raised a hand", sound: "hand" }]);
  raise(MEERA, null);
  raise(MEERA, 8);
  raise(MEERA, null);
  vi.runAllTimers();
  raise(RIYA, null);
  raise(RIYA, 9);
  raise(MEERA, 10);
  vi.runAllTimers();
  expect(words().slice(1)).toEqual(["RIYA and MEERA raised hands"]);
  stop();
});

test("a message is told of in short, many at once by their number, and none that was read", () => {
  const state = createStore<ChatState>(() => ({ unread: 1 }) as ChatState);
  let write: (message: ChatMessage) => void = () => undefined;
  const chat = {
    store: state,
    listen: (listener: typeof write) => {
      write = listener;
      return () => undefined;
    },
  };
  const stop = watchMessages(store, chat, (notice) => told.push(notice));
  enter(member(SELF, "ROHIT"), member(RIYA, "RIYA"), member(MEERA, "RIYA"));
  const message = (text: string, uid = RIYA) => ({ uid, name: "RIYA", text }) as ChatMessage;
  write(message("hello\nyou"));
  vi.runAllTimers();
  write(message("😀".repeat(100), MEERA));
  vi.runAllTimers();
  for (const text of ["a", "b", "c"]) write(message(text));
  vi.runAllTimers();
  state.setState({ unread: 0 });
  write(message("read at once"));
  vi.runAllTimers();
  expect(words()).toEqual(["RIYA: hello you", `RIYA (2): ${"😀".repeat(80)}…`, "3 new messages"]);
  expect(told[0]?.sound).toBe("message");
  stop();
});

test("reactions are told of seldom: the first at once, the others' together", () => {
  const reactions = new Reactions(() => Promise.resolve());
  const said: string[] = [];
  enter(member(SELF, "ROHIT"), member(RIYA, "RIYA"), member(MEERA, "MEERA"));
  const stop = watchReactions(store, reactions, (text) => said.push(text));
  const react = (uid: Uid) => reactions.take({ type: "reaction", data: { uid, reaction: "👏" } });
  react(SELF);
  expect(said).toEqual([]);
  for (let n = 0; n < 3; n++) react(RIYA);
  react(MEERA);
  expect(said).toEqual(["RIYA: 👏"]);
  vi.advanceTimersByTime(5_900);
  expect(said).toHaveLength(1);
  vi.runAllTimers();
  expect(said).toEqual(["RIYA: 👏", "RIYA and MEERA: 👏"]);
  stop();
});

test("of one person at most five reactions are shown at a time, each for a moment", () => {
  const reactions = new Reactions(() => Promise.resolve());
  for (let n = 0; n < 200; n++) reactions.take({ type: "reaction", data: { uid: RIYA, reaction: "🎉" } });
  reactions.take({ type: "reaction", data: { uid: MEERA, reaction: "🎉" } });
  const shown = () => reactions.store.getState().shown.map(({ uid }) => uid);
  expect(shown()).toEqual([RIYA, RIYA, RIYA, RIYA, RIYA, MEERA]);
  vi.advanceTimersByTime(4_000);
  expect(shown()).toEqual([]);
});

test("sentences are shown one after the other, each long enough, and the oldest of too many are left out", () => {
  let shown = "";
  const queue = new WordsQueue((text) => {
    shown = text;
  });
  queue.say("one");
  expect(shown).toBe("one");
  vi.advanceTimersByTime(500);
  for (const text of ["two", "three", "four", "five"]) queue.say(text);
  vi.advanceTimersByTime(1_499);
  expect(shown).toBe("one");
  vi.advanceTimersByTime(1);
  expect(shown).toBe("three");
  vi.advanceTimersByTime(2_000);
  expect(shown).toBe("four");
  vi.advanceTimersByTime(2_000);
  expect(shown).toBe("five");
  vi.advanceTimersByTime(5_000);
  expect(shown).toBe("");
  queue.say("five");
  expect(shown).toBe("five");
  queue.dispose();
});
