import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { RelayCore } from "@/lib/server/relay/relay-core";

/** What the people's process asks of the relay's, and tells it. */
export type FromPages =
  | { type: "open"; id: number; args: Parameters<RelayCore["open"]> }
  | { type: "left"; room: RoomName; uid: Uid }
  | { type: "count"; received: number; guests: number };

export interface ToPages {
  type: "opened";
  id: number;
  answer: string;
}
