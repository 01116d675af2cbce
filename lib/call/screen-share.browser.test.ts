import * as v from "valibot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import { Credentials } from "@/lib/contracts/http";
import { Instance } from "@/lib/contracts/identifiers";
import { paintPicture } from "@/lib/rtc/embedded/testing/painted-media";
import { type OwnersConnection, ScreenConnection, type ScreenListener } from "./screen-connection";
import { ScreenShare } from "./screen-share";
import { NOT_SHARING, type ShareState } from "./share-state";
import { SignalExchange } from "./signal-exchange";

let captured: MediaStreamTrack;
let surface: "browser" | "monitor";
let states: ShareState[];
let share: ScreenShare;
let over: AbortController;
/** How the room answers who wants to share. */
let open: (listener: ScreenListener) => Promise<ScreenConnection>;
let asked: number;

beforeEach(() => {
  over = new AbortController();
  surface = "browser";
  states = [];
  asked = 0;
  open = async (listener) => screenOf(credentials(), listener);
  vi.spyOn(navigator.mediaDevices, "getDisplayMedia").mockImplementation(async () => {
    const { track } = paintPicture("lime");
    const ownSettings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...ownSettings(), displaySurface: surface });
    captured = track;
    return new MediaStream([track]);
  });
  // The server: it hears of the end.
  vi.stubGlobal("fetch", async () => new Response(null, { status: 204 }));
  const room = {
    openScreen: (listener: ScreenListener) => {
      asked++;
      return open(listener);
    },
  };
  share = new ScreenShare(
    () => room,
    (state) => states.push(state),
  );
});
afterEach(() => {
  share.dispose();
  over.abort();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const credentials = (change: Partial<Credentials> = {}): Credentials =>
  v.parse(Credentials, {
    transport: "embedded",
    appId: "0123456789abcdef0123456789abcdef",
    room: "MAIN",
    uid: 70,
    kind: "join",
    token: "007screen",
    expiresAt: 0,
    expiresInSeconds: 3600,
    iceServers: [],
    topology: "direct",
    ...change,
  });

function screenOf(given: Credentials, listener: ScreenListener): ScreenConnection {
  const owner: OwnersConnection = {
    instance: v.parse(Instance, crypto.randomUUID()),
    signals: new SignalExchange(async () => ({ absent: [] })),
    relayOf: () => ({ open: () => Promise.reject(new Error("no relay")), ask: async () => undefined }),
    isConnected: () => true,
    peers: () => [],
    signal: over.signal,
  };
  return new ScreenConnection(given, owner, listener);
}

const state = () => states.at(-1);

test("a share that the client refuses is given up after three tries, and said", async () => {
  // What it joins with is checked by the client itself.
  open = async (listener) => screenOf(credentials({ appId: "" }), listener);
  await share.toggle();
  expect(state()).toEqual({ ...NOT_SHARING, problem: "failed" });
  expect(asked).toBe(3);
  expect(captured.readyState).toBe("ended");
  // It can be tried again.
  open = async (listener) => screenOf(credentials(), listener);
  void share.toggle();
  await expect.poll(() => state()?.status).toBe("on");
});

test("a share goes on being tried while the server is away", async () => {
  let failures = 3;
  open = async (listener) => {
    if (failures-- > 0) throw new AppError("offline", "away");
    return screenOf(credentials(), listener);
  };
  void share.toggle();
  await expect.poll(() => state()?.status, { timeout: 10_000 }).toBe("on");
  expect(captured.readyState).toBe("live");
});

test("a shared tab that is changed for the whole screen, and back, is known as such", async () => {
  void share.toggle();
  await expect.poll(state).toEqual({ status: "on", problem: null, isWholeScreen: false });
  surface = "monitor";
  await expect.poll(state).toEqual({ status: "on", problem: null, isWholeScreen: true });
  surface = "browser";
  await expect.poll(state).toEqual({ status: "on", problem: null, isWholeScreen: false });
});
