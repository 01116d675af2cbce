import type { IAgoraRTCClient, ILocalTrack } from "agora-rtc-react";
import { type Ahead, NOTHING_AHEAD, type SeatToBe } from "./embedded/ahead";
import { EmbeddedClient } from "./embedded/embedded-client";

/**
 * Has a client do ahead what it can before its seat is there; nobody in the room hears of it before that. The SDK has nothing
 * of the kind.
 *
 * @param tracks what is going to be published
 */
export function prepareJoin(client: IAgoraRTCClient, seat: SeatToBe, tracks: () => ILocalTrack[]): Ahead {
  const asked: unknown = client;
  return asked instanceof EmbeddedClient ? asked.prepare(seat, tracks) : NOTHING_AHEAD;
}
