import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { RelayNotice, RelaySlot } from "@/lib/contracts/relay";
import type { PeerAddress } from "./relay-peer";

/** What the server's main thread tells the relay's worker. `id` is of the call that the answer is for. */
export type ToWorker =
  | { type: "open"; id: number; address: PeerAddress; sdp: string; wishes: RelaySlot[]; addresses: string[] }
  | { type: "ask"; id: number; address: PeerAddress; wishes: RelaySlot[]; seq: number }
  | { type: "remove"; room: RoomName; uid: Uid };

/** What the worker tells. */
export type FromWorker =
  | { type: "listening"; port: number }
  | { type: "opened"; id: number; answer: string }
  | { type: "refused"; id: number; reason: string }
  | { type: "asked"; id: number; isKnown: boolean }
  | { type: "notice"; to: PeerAddress; notice: RelayNotice }
  | { type: "ended"; peer: PeerAddress; reason: string };

/** What the worker is started with. */
export interface WorkerStart {
  port: number;
}
