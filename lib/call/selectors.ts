import type { CallState } from "./call-store";
import { partsOf, type TileId } from "./layout/tile-id";
import { displayNameOf } from "./name-marks";
import type { Player } from "./player";

type People = Pick<CallState, "order" | "players">;

export type ConnectionState = "connecting" | "connected" | "reconnecting" | "disconnected";

/** What the call's sign of its connection says, from the client's state and the room stream's together. */
export function connectionStateOf(
  { phase, isStreamConnected, isRejoining }: Pick<CallState, "phase" | "isStreamConnected" | "isRejoining">,
  clientState: string,
): ConnectionState {
  if (phase === "ended") return "disconnected";
  if (phase !== "joined") return "connecting";
  if (isRejoining) return "reconnecting";
  switch (clientState) {
    case "CONNECTED":
      return isStreamConnected ? "connected" : "reconnecting";
    case "RECONNECTING":
      return "reconnecting";
    default:
      return "connecting";
  }
}

/** The names of those who are in the room already, in the order of their coming. */
export function namesInRoom({ order, players }: CallState): string[] {
  return order.flatMap((uid) => {
    const player = players[uid];
    return player && !player.isLocal ? [player.name] : [];
  });
}

/** This person, from when they are a member. */
function selfIn({ order, players }: People): Player | undefined {
  return order.map((uid) => players[uid]).find((player) => player?.isLocal);
}

/** Whether this person is the room's host. */
export function isHostSelf(state: People & Pick<CallState, "room">): boolean {
  return state.room.host !== null && state.players[state.room.host]?.isLocal === true;
}

/** The host's name, if someone is host. */
export function hostName({ room, players }: People & Pick<CallState, "room">): string | undefined {
  return room.host === null ? undefined : players[room.host]?.name;
}

/** Whether a host has muted this person, who has not unmuted since. */
export function isMutedByHost(state: People): boolean {
  return selfIn(state)?.isMutedByHost ?? false;
}

/** Whose tile it is, or whose screen. */
export function tileNameOf(state: People & Pick<CallState, "screens">, id: TileId): string {
  const { kind, uid } = partsOf(id);
  if (kind === "camera") return displayNameOf(state, uid);
  const screen = state.screens[uid];
  if (!screen) return "";
  return screen.isLocal ? "your screen" : `${displayNameOf(state, screen.owner)}'s screen`;
}
