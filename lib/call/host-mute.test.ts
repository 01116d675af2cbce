import * as v from "valibot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import { Credentials } from "@/lib/contracts/http";
import type { RtcToken, Uid } from "@/lib/contracts/identifiers";
import { DEVICE_OFF } from "@/lib/media/local-device";
import { type CallStore, createCallStore, withPlayer } from "./call-store";
import { HostMute } from "./host-mute";
import { NO_MEDIA, type Player } from "./player";
import { TokenKeeper } from "./token-keeper";

const SELF = 1 as Uid;
const OTHER = 2 as Uid;
const CREDENTIALS = v.parse(Credentials, {
  transport: "embedded",
  appId: "0123456789abcdef0123456789abcdef",
  room: "MAIN",
  uid: SELF,
  kind: "join",
  token: "007anew",
  expiresAt: 0,
  expiresInSeconds: 3600,
  iceServers: [],
  topology: "direct",
});
const silence = vi.fn();
const unmute = vi.fn<(signal: AbortSignal) => Promise<void>>();
let store: CallStore;
let hostMute: HostMute;

beforeEach(() => {
  vi.useFakeTimers();
  silence.mockReset();
  unmute.mockReset().mockResolvedValue();
  store = createCallStore();
  store.setState({ players: { [SELF]: player(SELF), [OTHER]: player(OTHER) }, order: [OTHER, SELF] });
  hostMute = new HostMute({ store, silence, unmute });
});
afterEach(() => {
  hostMute.dispose();
  vi.useRealTimers();
});

function player(uid: Uid): Player {
  return {
    ...NO_MEDIA,
    uid,
    name: `N${uid}`,
    memberState: "connected",
    isLocal: uid === SELF,
    unreachable: [],
    handRaisedAt: null,
    isMutedByHost: false,
  } as Player;
}

const turn = (status: "on" | "starting" | "off") => store.setState({ microphone: { ...DEVICE_OFF, status } });
const mute = (uid: Uid, isMutedByHost: boolean) => store.setState((state) => withPlayer(state, uid, { isMutedByHost }));

test("turns the microphone off, and once", () => {
  turn("on");
  mute(SELF, true);
  turn("off");
  mute(OTHER, true);
  expect(silence).toHaveBeenCalledOnce();
});

test("leaves one that is off alone, and nothing of it is another's matter", () => {
  mute(SELF, true);
  turn("on");
  mute(SELF, false);
  mute(OTHER, true);
  expect(silence).not.toHaveBeenCalled();
});

test("turns it off on a page that was reloaded, however soon it opened", () => {
  store.setState({ players: {}, order: [] });
  turn("starting");
  store.setState({ players: { [SELF]: { ...player(SELF), isMutedByHost: true } }, order: [SELF] });
  expect(silence).toHaveBeenCalledOnce();
  expect(unmute).not.toHaveBeenCalled();
});

test("says when the person unmutes, until the server knows", async () => {
  mute(SELF, true);
  unmute.mockRejectedValueOnce(new AppError("offline", "away")).mockRejectedValueOnce(new AppError("offline", "away"));
  turn("starting");
  turn("on");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(unmute).toHaveBeenCalledTimes(3);
  mute(SELF, false);
  turn("off");
  turn("on");
  expect(unmute).toHaveBeenCalledTimes(3);
});

test("says no more when they have muted themselves meanwhile, or are gone", async () => {
  mute(SELF, true);
  unmute.mockRejectedValue(new AppError("offline", "away"));
  turn("on");
  await vi.advanceTimersByTimeAsync(100);
  turn("off");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(unmute).toHaveBeenCalledOnce();
  turn("on");
  hostMute.dispose();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(unmute).toHaveBeenCalledTimes(2);
});

test("unmuting while the seat is taken anew is said once there is a token again", async () => {
  const tokens = new TokenKeeper({
    renew: () => Promise.reject(new AppError("offline", "away")),
    onRenewed: () => undefined,
    onLost: () => undefined,
  });
  const said: RtcToken[] = [];
  unmute.mockImplementation(async () => {
    said.push(tokens.token);
  });
  mute(SELF, true);
  turn("on");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toEqual([]);
  tokens.take(CREDENTIALS);
  await vi.advanceTimersByTimeAsync(5_000);
  tokens.dispose();
  expect(said).toEqual([CREDENTIALS.token]);
});
