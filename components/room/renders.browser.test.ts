import AgoraRTC, { AgoraRTCProvider, type IAgoraRTCClient } from "agora-rtc-react";
import { createElement, type ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CallSession } from "@/lib/call/call-session";
import { withPlayer, withRosterChange } from "@/lib/call/call-store";
import { tileIdOf } from "@/lib/call/layout/tile-id";
import { watchSpeaking } from "@/lib/call/speaking";
import { memberOf } from "@/lib/call/testing/member";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage } from "@/lib/contracts/members";
import { CallContext } from "./call-context";
import { type Drawing, drawings, isThere } from "./testing/drawings";

// After the hook that React looks for when it is loaded.
const { createRoot } = await import("react-dom/client");
const { flushSync } = await import("react-dom");
const { CallControls } = await import("@/components/controls/call-controls");
const { HostQuestions } = await import("@/components/hosts/host-questions");
const { CallUnderPanel } = await import("@/components/panels/call-under-panel");
const { PrejoinView } = await import("@/components/prejoin/prejoin-view");
const { TileStage } = await import("@/components/tiles/tile-stage");
const { parts } = await import("@/components/later/parts-code");
const { callCode } = await import("./call-code");
const { CallHeader } = await import("./call-header");
const { CallRehearsal } = await import("./call-rehearsal");

const ROOM = "MAIN" as RoomName;
const ME = 1 as Uid;
const OTHERS = [2, 3, 4, 5] as Uid[];
const SPEAKER = 3 as Uid;

/** As much of the style sheet as keeps the stage from growing with its tiles, which would grow with it. */
const STYLE =
  ".size-full { width: 100%; height: 100% } .relative { position: relative } .absolute { position: absolute }";

let session: CallSession;
let draw: (drawn: ReactNode) => void;
let close: () => void;

beforeEach(() => {
  session = new CallSession(ROOM);
  const set = [ME, ...OTHERS].map((uid) => memberOf(uid));
  session.store.setState((state) => withRosterChange(state, { set, left: [] }, ME));
  session.store.setState({ room: { host: ME, isLocked: false } });
  for (const uid of OTHERS) change(uid, { hasAudio: true, isInCall: true, link: "up" });
  const element = document.createElement("div");
  document.body.append(element);
  const page = createRoot(element);
  draw = (drawn) => flushSync(() => page.render(createElement(CallContext, { value: session }, drawn)));
  const client = AgoraRTC.createClient({ mode: "rtc", codec: "vp8" });
  const stage = createElement("div", { style: { width: 1000, height: 600 } }, createElement(TileStage));
  const header = createElement(CallHeader, { room: ROOM });
  const call = createElement(CallUnderPanel, null, header, stage, createElement(CallControls));
  const asked = createElement(HostQuestions, null, call);
  draw(createElement(AgoraRTCProvider, { client }, createElement("style", null, STYLE), asked));
  close = () => {
    page.unmount();
    element.remove();
  };
});

afterEach(async () => {
  close();
  await session.leave();
});

function change(uid: Uid, media: Parameters<typeof withPlayer>[2]): void {
  session.store.setState((state) => withPlayer(state, uid, media));
}

/** What React has to do by itself has been done: effects, observers, and what they bring about. */
async function settled(): Promise<void> {
  for (let frame = 0; frame < 3; frame++)
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** What is drawn because of something that happens, until nothing more comes of it. */
async function drawnBy(happening: () => void | Promise<void>): Promise<Drawing[]> {
  await settled();
  drawings.length = 0;
  await happening();
  await settled();
  return [...drawings];
}

/** Who speaks takes the word when it was more than a cough. */
async function untilFeatured(uid: Uid): Promise<void> {
  await expect.poll(() => session.view.store.getState().featured, { timeout: 10_000 }).toBe(tileIdOf("camera", uid));
}

/** Whose parts are among what was drawn: of tiles alone. */
function tilesIn(drawn: Drawing[]): string[] {
  return [...new Set(drawn.flatMap(({ of }) => of ?? []))];
}

function componentsIn(drawn: Drawing[]): string[] {
  return [...new Set(drawn.map(({ component }) => component))];
}

test("all tiles are drawn, and each is seen being drawn, when all of them change", async () => {
  const drawn = await drawnBy(() => {
    for (const uid of OTHERS) change(uid, { hasPoorNetwork: true });
  });
  expect(tilesIn(drawn).sort()).toEqual(OTHERS.map((uid) => tileIdOf("camera", uid)));
  expect(componentsIn(drawn)).toContain("TileFrame");
});

test("who begins to speak has their own tile drawn again, once, and nothing else", async () => {
  const drawn = await drawnBy(() => change(SPEAKER, { isSpeaking: true }));
  expect(tilesIn(drawn)).toEqual([tileIdOf("camera", SPEAKER)]);
  expect(drawn.filter(({ component }) => component === "TileFrame")).toHaveLength(1);
  for (const other of ["TileStage", "TilePlace", "TileActions", "CallHeader", "CallControls"]) {
    expect(componentsIn(drawn)).not.toContain(other);
  }
});

test("who takes the word in the grid has no other tile drawn again", async () => {
  const drawn = await drawnBy(async () => {
    change(SPEAKER, { isSpeaking: true });
    await untilFeatured(SPEAKER);
  });
  expect(drawn.filter(({ component }) => component === "TileFrame")).toEqual([
    { component: "TileFrame", of: tileIdOf("camera", SPEAKER) },
  ]);
  expect(componentsIn(drawn)).not.toContain("TileStage");
  expect(componentsIn(drawn)).not.toContain("TileActions");
});

test("a voice whose loudness goes up and down draws nothing", async () => {
  let reads = 0;
  const audioTrack = { getVolumeLevel: () => (reads++ % 2 === 0 ? 0.3 : 0.9) };
  const client = { remoteUsers: [{ uid: SPEAKER, hasAudio: true, audioTrack }], localTracks: [], uid: ME };
  change(SPEAKER, { isSpeaking: true });
  const stop = watchSpeaking(client as unknown as IAgoraRTCClient, (uid, heard) => change(uid as Uid, heard));
  try {
    // Over the moment in which they take the word.
    await untilFeatured(SPEAKER);
    const drawn = await drawnBy(async () => {
      const from = reads;
      await expect.poll(() => reads).toBeGreaterThan(from + 4);
    });
    expect(drawn).toEqual([]);
  } finally {
    stop();
  }
});

test("a message draws the sign of unread ones, and no tile", async () => {
  const room = { host: ME, isLocked: false };
  const self = { uid: ME, kind: "join" } as const;
  session.chat.take({ type: "welcome", data: { self, members: [], room, messages: [], resumed: false } });
  const message: ChatMessage = { id: 1, uid: SPEAKER, name: "P3", clientId: "one", text: "hello", sentAt: 1 };
  const drawn = await drawnBy(() => session.chat.take({ type: "message", data: message }));
  expect(componentsIn(drawn)).toContain("ChatControl");
  expect(tilesIn(drawn)).toEqual([]);
});

test("one person's poor network draws their tile alone", async () => {
  const drawn = await drawnBy(() => change(SPEAKER, { hasPoorNetwork: true }));
  expect(tilesIn(drawn)).toEqual([tileIdOf("camera", SPEAKER)]);
  expect(drawn.filter(({ component }) => component === "TileFrame")).toHaveLength(1);
});

test("who comes in has a tile drawn, and of the others the places alone", async () => {
  const newcomer = 6 as Uid;
  const drawn = await drawnBy(() => {
    session.store.setState((state) => withRosterChange(state, { set: [memberOf(newcomer)], left: [] }, ME));
  });
  const theirs = { of: tileIdOf("camera", newcomer) };
  expect(drawn.filter(({ component }) => component === "TileFrame")).toEqual([{ component: "TileFrame", ...theirs }]);
  expect(drawn.filter(({ component }) => component === "TileActions")).toEqual([
    { component: "TileActions", ...theirs },
  ]);
  expect(componentsIn(drawn)).toContain("PeopleCount");
  expect(componentsIn(drawn)).not.toContain("CallHeader");
});

test("the click on Join draws its button, and not the page around it", async () => {
  const prejoin = () => createElement(PrejoinView, { room: ROOM });
  draw(prejoin());
  const drawn = await drawnBy(() => {
    session.store.setState({ phase: "joining", problem: null, name: "Riya" });
    // As the screen around it does, which changes with the seat.
    draw(prejoin());
  });
  expect(componentsIn(drawn)).toContain("JoinButton");
  for (const other of ["PrejoinView", "CameraPreview", "DeviceMenus", "Toolbar"]) {
    expect(componentsIn(drawn)).not.toContain(other);
  }
});

test("what comes later draws its buttons, and neither the tiles nor the call around them", async () => {
  const drawn = await drawnBy(() => parts.load());
  expect(componentsIn(drawn)).toContain("ViewMenu");
  expect(componentsIn(drawn)).toContain("CallUnderPanel");
  for (const other of ["TileStage", "TileFrame", "CallHeader", "CallControls"]) {
    expect(componentsIn(drawn)).not.toContain(other);
  }
});

test("the call is drawn ahead for nobody: on no page, without effects, and it is gone again", async () => {
  const keepsAwake = vi.spyOn(navigator.wakeLock, "request");
  await callCode.load();
  draw(createElement(CallRehearsal, { room: ROOM }));
  let isOnPage = false;
  const observer = new MutationObserver(() => {
    isOnPage ||= document.querySelector("[data-testid=tile], footer") !== null;
  });
  observer.observe(document, { childList: true, subtree: true });
  drawings.length = 0;
  await expect.poll(() => componentsIn(drawings)).toContain("CallView");
  expect(componentsIn(drawings)).toEqual(expect.arrayContaining(["TileStage", "CallControls", "TileFrame"]));
  await expect.poll(() => isThere("CallView")).toBe(false);
  expect(isThere("CallRehearsal")).toBe(true);
  await settled();
  observer.disconnect();
  expect(isOnPage).toBe(false);
  expect(keepsAwake).not.toHaveBeenCalled();
  keepsAwake.mockRestore();
});
