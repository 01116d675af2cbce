import AgoraRTC, { AgoraRTCProvider } from "agora-rtc-react";
import { createElement } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CallContext } from "@/components/room/call-context";
import { CallSession } from "@/lib/call/call-session";
import { withPlayer, withRosterChange } from "@/lib/call/call-store";
import { tileIdOf } from "@/lib/call/layout/tile-id";
import type { Instance, RoomName, Uid } from "@/lib/contracts/identifiers";
import type { Member } from "@/lib/contracts/members";

/** As much of React's fiber as tells which components a commit has drawn (React DevTools reads the same). */
interface Fiber {
  type: unknown;
  flags: number;
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
}

/** `PerformedWork`: the flag that React sets, for its developer tools, on what it has drawn. */
const PERFORMED_WORK = 1;

let drawn: string[] = [];
const seen = new WeakSet<Fiber>();

function noteDrawn(fiber: Fiber | null): void {
  for (let each = fiber; each; each = each.sibling) {
    // What a commit has not touched is the very fiber of the one before.
    if (seen.has(each)) continue;
    seen.add(each);
    if (each.alternate) seen.delete(each.alternate);
    if (typeof each.type === "function" && (each.flags & PERFORMED_WORK) !== 0) drawn.push(each.type.name);
    noteDrawn(each.child);
  }
}

Object.defineProperty(globalThis, "__REACT_DEVTOOLS_GLOBAL_HOOK__", {
  value: {
    supportsFiber: true,
    isDisabled: false,
    renderers: new Map(),
    checkDCE: () => undefined,
    inject: () => 1,
    onCommitFiberRoot: (_renderer: number, root: { current: Fiber }) => noteDrawn(root.current),
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
  },
});
// React looks for the hook when it is loaded.
const { createRoot } = await import("react-dom/client");
const { flushSync } = await import("react-dom");
const { TileStage } = await import("./tile-stage");

const ME = 1 as Uid;
const OTHERS = [2, 3, 4, 5] as Uid[];

let session: CallSession;
let close: () => void;

beforeEach(() => {
  session = new CallSession("MAIN" as RoomName);
  const set = [ME, ...OTHERS].map(memberOf);
  session.store.setState((state) => withRosterChange(state, { set, left: [] }, ME));
  const element = document.createElement("div");
  Object.assign(element.style, { width: "1000px", height: "600px" });
  document.body.append(element);
  session.view.setArea(1000, 600);
  const root = createRoot(element);
  const client = AgoraRTC.createClient({ mode: "rtc", codec: "vp8" });
  const stage = createElement(TileStage);
  const provided = createElement(AgoraRTCProvider, { client }, stage);
  flushSync(() => root.render(createElement(CallContext, { value: session }, provided)));
  close = () => {
    root.unmount();
    element.remove();
  };
});

afterEach(async () => {
  close();
  await session.leave();
});

function memberOf(uid: Uid): Member {
  return {
    uid,
    name: `P${uid}`,
    state: "connected",
    instance: `instance-${uid}` as Instance,
    joinedAt: uid,
    unreachable: [],
    handRaisedAt: null,
    isMutedByHost: false,
    screen: null,
  };
}

/** The components that are drawn because of a change, by name. */
async function drawnBy(change: () => void): Promise<string[]> {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  drawn = [];
  flushSync(change);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return drawn;
}

function change(uid: Uid, media: Parameters<typeof withPlayer>[2]): void {
  session.store.setState((state) => withPlayer(state, uid, media));
}

test("who begins to speak has their own tile drawn again, and no other", async () => {
  await drawnBy(() => change(3 as Uid, { hasAudio: true }));
  const components = await drawnBy(() => change(3 as Uid, { isSpeaking: true }));
  expect(components.filter((name) => name === "TileFrame")).toEqual(["TileFrame"]);
  expect(components).not.toContain("TileStage");
  expect(components).not.toContain("TilePlace");
});

test("who takes the word in the grid has no other tile drawn again", async () => {
  await drawnBy(() => change(3 as Uid, { hasAudio: true }));
  drawn = [];
  change(3 as Uid, { isSpeaking: true });
  await expect.poll(() => session.view.store.getState().featured).toBe(tileIdOf("camera", 3 as Uid));
  const components = [...drawn, ...(await drawnBy(() => undefined))];
  expect(components.filter((name) => name === "TileFrame")).toEqual(["TileFrame"]);
  expect(components).not.toContain("TileStage");
});

test("a level that is told again and again draws nothing", async () => {
  change(3 as Uid, { hasAudio: true, isSpeaking: true });
  const components = await drawnBy(() => {
    for (let poll = 0; poll < 10; poll++) change(3 as Uid, { isSpeaking: true });
  });
  expect(components).toEqual([]);
});
