import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type CallStore, createCallStore, withPlayer, withRosterChange } from "@/lib/call/call-store";
import { memberOf } from "@/lib/call/testing/member";
import type { Uid } from "@/lib/contracts/identifiers";
import { tileIdOf } from "./tile-id";
import { View } from "./view";
import { DEFAULT_VIEW, type ViewPreferences } from "./view-preferences";

const ME = 1 as Uid;
const DESKTOP = [1256, 620] as const;
const PHONE = [366, 660] as const;

let call: CallStore;
let view: View;
let chosen: ViewPreferences | undefined;

function open(area: readonly [number, number], preferences: Partial<ViewPreferences> = {}): void {
  call = createCallStore();
  view = new View(call, { ...DEFAULT_VIEW, ...preferences }, (now) => {
    chosen = now;
  });
  view.setArea(...area);
}

/** Uid 1 is the one who looks on. */
function come(...uids: number[]): void {
  const set = uids.map((uid) => memberOf(uid));
  call.setState((state) => withRosterChange(state, { set, left: [] }, ME));
  for (const uid of uids) call.setState((state) => withPlayer(state, uid as Uid, { hasAudio: true }));
}

/** @param screen the uid of what they share; `null`: they share nothing any more */
function share(uid: number, screen: number | null): void {
  const set = [memberOf(uid, { screen: screen as Uid | null })];
  call.setState((state) => withRosterChange(state, { set, left: [] }, ME));
}

function go(uid: number): void {
  call.setState((state) => withRosterChange(state, { set: [], left: [uid as Uid] }, ME));
}

function speak(uid: number, isSpeaking: boolean): void {
  call.setState((state) => withPlayer(state, uid as Uid, { isSpeaking }));
}

function says(uid: number): void {
  speak(uid, true);
  vi.advanceTimersByTime(4000);
  speak(uid, false);
}

function drawn(role?: string): string[] {
  return [...view.store.getState().places].flatMap(([id, place]) => (!role || place.role === role ? [id] : []));
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => {
  view.dispose();
  vi.useRealTimers();
});

test("alone one fills the picture; with one other one is in a corner of theirs; with two others all are alike", () => {
  open(DESKTOP);
  come(1);
  expect(drawn("grid")).toEqual(["camera:1"]);
  come(2);
  expect(drawn("grid")).toEqual(["camera:2"]);
  expect(drawn("corner")).toEqual(["camera:1"]);
  come(3);
  expect(drawn("grid")).toEqual(["camera:1", "camera:2", "camera:3"]);
});

test("the stage follows who speaks, and while I speak I still see the last other speaker", () => {
  open(DESKTOP, { layout: "speaker" });
  come(1, 2, 3, 4);
  expect(drawn("stage")).toEqual(["camera:2"]);
  says(3);
  expect(drawn("stage")).toEqual(["camera:3"]);
  says(1);
  expect(drawn("stage")).toEqual(["camera:3"]);
  expect(drawn("strip")).toEqual(["camera:1", "camera:2", "camera:4"]);
});

test("a pin takes the stage, in the grid too, whoever speaks; and goes with its person", () => {
  open(DESKTOP);
  come(1, 2, 3, 4);
  view.togglePin(tileIdOf("camera", 4 as Uid));
  says(3);
  expect(drawn("stage")).toEqual(["camera:4"]);
  call.setState((state) => withPlayer(state, 4 as Uid, { memberState: "reconnecting" }));
  expect(drawn("stage")).toEqual(["camera:4"]);
  go(4);
  expect(view.store.getState().pinned).toBeNull();
  expect(drawn("grid")).toHaveLength(3);
});

test("side by side stand the two who spoke last, each in the same place while they do", () => {
  open(DESKTOP, { layout: "side-by-side" });
  come(1, 2, 3, 4);
  expect(drawn("stage")).toEqual(["camera:2", "camera:3"]);
  says(3);
  says(2);
  expect(drawn("stage")).toEqual(["camera:2", "camera:3"]);
  says(4);
  expect(drawn("stage")).toEqual(["camera:2", "camera:4"]);
});

test("nine people are two pages on a phone, and beyond the last page is the last one", () => {
  open(PHONE);
  come(1, 2, 3, 4, 5, 6, 7, 8, 9);
  expect(view.store.getState()).toMatchObject({ page: 0, pages: 2 });
  expect(drawn()).toEqual(["camera:1", "camera:2", "camera:3", "camera:4", "camera:5", "camera:6"]);
  view.showPage(7);
  expect(view.store.getState().page).toBe(1);
  expect(drawn()).toEqual(["camera:7", "camera:8", "camera:9"]);
});

test("who speaks on another page changes places with the one heard longest ago, and nobody else moves", () => {
  open(PHONE);
  come(1, 2, 3, 4, 5, 6, 7, 8, 9);
  says(6);
  says(8);
  expect(drawn()).toEqual(["camera:1", "camera:2", "camera:3", "camera:4", "camera:8", "camera:6"]);
  says(9);
  expect(drawn()).toEqual(["camera:1", "camera:2", "camera:3", "camera:9", "camera:8", "camera:6"]);
});

test("whom one looks at on another page is not taken away when they speak", () => {
  open(PHONE);
  come(1, 2, 3, 4, 5, 6, 7, 8, 9);
  view.showPage(1);
  says(8);
  expect(drawn()).toEqual(["camera:7", "camera:8", "camera:9"]);
});

test("a hidden self-view leaves no hole, and the choice is told to be remembered", () => {
  open(DESKTOP);
  come(1, 2, 3);
  view.chooseSelfView("hidden");
  expect(drawn()).toEqual(["camera:2", "camera:3"]);
  expect(chosen).toEqual({ layout: "grid", selfView: "hidden", corner: "bottom-right" });
  go(2);
  go(3);
  expect(drawn()).toEqual([]);
});

test("the floating window shows the last other speaker, and oneself only when alone", () => {
  open(DESKTOP);
  come(1);
  expect(view.store.getState().featured).toBe("camera:1");
  come(2, 3);
  says(1);
  expect(view.store.getState().featured).toBe("camera:2");
  says(3);
  expect(view.store.getState().featured).toBe("camera:3");
});

test("a screen takes the stage in every layout, also from who speaks, and gives it back when it ends", () => {
  open(DESKTOP);
  come(1, 2, 3);
  share(2, 20);
  expect(drawn("stage")).toEqual(["screen:20"]);
  expect(drawn("strip")).toEqual(["camera:1", "camera:2", "camera:3"]);
  says(3);
  expect(drawn("stage")).toEqual(["screen:20"]);
  view.chooseLayout("speaker");
  expect(drawn("stage")).toEqual(["screen:20"]);
  view.chooseLayout("side-by-side");
  expect(drawn("stage")).toEqual(["screen:20", "camera:3"]);
  view.chooseLayout("grid");
  share(2, null);
  expect(drawn("grid")).toEqual(["camera:1", "camera:2", "camera:3"]);
});

test("of several screens the newest is on the stage, the others beside it, each as long as it is shared", () => {
  open(DESKTOP);
  come(1, 2, 3);
  share(2, 20);
  share(3, 30);
  expect(drawn("stage")).toEqual(["screen:30"]);
  expect(drawn("strip")).toContain("screen:20");
  share(3, null);
  expect(drawn("stage")).toEqual(["screen:20"]);
  go(2);
  expect(drawn()).not.toContain("screen:20");
});

test("a person's own pin wins over a screen, and a pinned screen's pin goes with it", () => {
  open(DESKTOP);
  come(1, 2, 3);
  view.togglePin(tileIdOf("camera", 3 as Uid));
  share(2, 20);
  expect(drawn("stage")).toEqual(["camera:3"]);
  expect(drawn("strip")).toContain("screen:20");
  view.togglePin(tileIdOf("screen", 20 as Uid));
  share(2, null);
  expect(view.store.getState().pinned).toBeNull();
  expect(drawn("stage")).toEqual([]);
});

test("one's own screen is a tile among the others, and takes no stage", () => {
  open(DESKTOP);
  come(1);
  share(1, 10);
  expect(drawn("grid")).toEqual(["camera:1", "screen:10"]);
  come(2);
  expect(drawn("grid")).toHaveLength(3);
  view.chooseLayout("speaker");
  expect(drawn("stage")).toEqual(["camera:2"]);
});

test("who speaks in the grid moves nobody, and nobody's place is another object", () => {
  open(DESKTOP);
  come(1, 2, 3, 4);
  const before = view.store.getState().places;
  says(3);
  expect(view.store.getState().featured).toBe(tileIdOf("camera", 3 as Uid));
  expect(view.store.getState().places).toBe(before);
});

test("of those who stay where they are when someone moves, the place is the same object", () => {
  open(DESKTOP, { selfView: "corner", corner: "top-left" });
  come(1, 2, 3);
  const before = view.store.getState().places;
  view.moveSelfView("bottom-right");
  const now = view.store.getState().places;
  const [other, self] = [tileIdOf("camera", 2 as Uid), tileIdOf("camera", ME)];
  expect(now.get(other)).toBe(before.get(other));
  expect(now.get(self)).not.toEqual(before.get(self));
});

test("tiles glide, but neither while the window is resized nor to make room for who comes, or for a screen", () => {
  open(DESKTOP);
  const isGliding = () => view.store.getState().isGliding;
  come(1, 2, 3);
  expect(isGliding()).toBe(false);
  view.togglePin(tileIdOf("camera", 3 as Uid));
  expect(isGliding()).toBe(true);
  come(4);
  expect(isGliding()).toBe(false);
  go(4);
  expect(isGliding()).toBe(true);
  share(2, 12);
  expect(isGliding()).toBe(false);
  share(2, null);
  expect(isGliding()).toBe(true);
  view.setArea(...PHONE);
  expect(isGliding()).toBe(false);
});
