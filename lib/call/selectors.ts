import type { CallState } from "./call-store";

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
