import type { IAgoraRTCClient } from "agora-rtc-react";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Knock, RoomState } from "@/lib/contracts/hosting";
import type { Credentials, MediaProblem } from "@/lib/contracts/http";
import type { Uid } from "@/lib/contracts/identifiers";
import { type DeviceMenus, NO_MENUS } from "@/lib/media/device-menu";
import type { DeviceKind } from "@/lib/media/device-problem";
import { EFFECTS_OFF, type EffectStates } from "@/lib/media/effects/effects";
import { DEVICE_OFF, type DeviceState } from "@/lib/media/local-device";
import { type MediaState, newPlayer, type Player, standingOf } from "./player";
import type { RosterChange } from "./roster";
import { NO_SCREENS, type Screens, withSharedScreens } from "./screen";
import { NOT_SHARING, type ShareState } from "./share-state";

export type EndReason = "left" | "replaced" | "removed" | "token-expired" | "refused";

/**
 * Where the person is: `opening` the page's code, token and stream; `ready` before joining; `joining` after the click;
 * `knocking` while they wait at a locked door; `joined`; `ended` for good.
 */
export type Phase = "opening" | "ready" | "joining" | "knocking" | "joined" | "ended";

/** One stay in the room: the client, and what it joins with. A new uid is a new stay. */
export interface Stay {
  client: IAgoraRTCClient;
  credentials: Credentials;
}

/** Why the client could not join, as far as it said. */
export type JoinProblem = MediaProblem | "unknown";

export interface CallState extends Screens {
  phase: Phase;
  /** What went wrong on the way in, or ended the call, in words for the person. */
  problem: string | null;
  endReason: EndReason | null;
  /** A reload in a call: straight back into it, with no question asked. */
  isResuming: boolean;
  /** In the call, whose seat the server has forgotten: a new one is being taken. */
  isRejoining: boolean;
  /** The name the person goes by here. */
  name: string;
  stay: Stay | null;
  joinProblem: JoinProblem | null;
  /** Everyone in the room by uid, this person too, and the order of their coming. */
  players: Readonly<Record<Uid, Player>>;
  order: readonly Uid[];
  /** Its host, and whether its door is locked. */
  room: RoomState;
  /** Who is at the locked door; empty for all but the host. */
  knocks: readonly Knock[];
  /** Whether the room's event stream stands. */
  isStreamConnected: boolean;
  microphone: DeviceState;
  camera: DeviceState;
  /** Of this person's own screen. */
  share: ShareState;
  /** Which devices there are, and which are chosen. */
  deviceMenus: DeviceMenus;
  /** Blur and noise suppression. */
  effects: EffectStates;
}

export type CallStore = StoreApi<CallState>;

/** The state of one room's page: a projection, for drawing. Written by `CallSession` and the bridge only. */
export function createCallStore(): CallStore {
  return createStore<CallState>(() => ({
    phase: "opening",
    problem: null,
    endReason: null,
    isResuming: false,
    isRejoining: false,
    name: "",
    stay: null,
    joinProblem: null,
    players: {},
    order: [],
    room: { host: null, isLocked: false },
    knocks: [],
    ...NO_SCREENS,
    isStreamConnected: false,
    microphone: DEVICE_OFF,
    camera: DEVICE_OFF,
    share: NOT_SHARING,
    deviceMenus: NO_MENUS,
    effects: EFFECTS_OFF,
  }));
}

/** Takes the roster's changes: new people come last, those who are there keep their place and their media. */
export function withRosterChange(state: CallState, change: RosterChange, self: Uid | undefined): Partial<CallState> {
  const players = { ...state.players };
  const order = state.order.filter((uid) => !change.left.includes(uid));
  for (const uid of change.left) delete players[uid];
  for (const member of change.set) {
    const known = players[member.uid];
    if (!known) order.push(member.uid);
    players[member.uid] = known ? { ...known, ...standingOf(member) } : newPlayer(member, member.uid === self);
  }
  return { players, order, ...withSharedScreens(state, change, self) };
}

/** What the client says of a person's media, or of a screen's. */
export function withMedia(state: CallState, uid: Uid, change: Partial<MediaState>): CallState | Partial<CallState> {
  const screen = state.screens[uid];
  if (!screen) return withPlayer(state, uid, change);
  return isChange(screen, change) ? { screens: { ...state.screens, [uid]: { ...screen, ...change } } } : state;
}

/** Takes what the room's session has decided. Who is host no more is told of no knocks. */
export function withRoom(room: RoomState, self: Uid | undefined): Partial<CallState> {
  return room.host === self ? { room } : { room, knocks: [] };
}

/** Changes one player; the same state where nothing would change, so that nothing is drawn again. */
export function withPlayer(state: CallState, uid: Uid, change: Partial<Player>): CallState | Partial<CallState> {
  const player = state.players[uid];
  if (!player) return state;
  return isChange(player, change) ? { players: { ...state.players, [uid]: { ...player, ...change } } } : state;
}

function isChange<Drawn extends object>(drawn: Drawn, change: Partial<Drawn>): boolean {
  return (Object.keys(change) as Array<keyof Drawn>).some((key) => drawn[key] !== change[key]);
}

/** The device's state, by its kind. */
export function withDevice(kind: DeviceKind, device: DeviceState): Partial<CallState> {
  return kind === "microphone" ? { microphone: device } : { camera: device };
}
