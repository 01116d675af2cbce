import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { RelayNotice, RelaySlot } from "@/lib/contracts/relay";
import type { DropCounter } from "./drop-counter";
import type { PeerAddress } from "./relay-peer";

/** What the server's main thread tells the relay's worker. `id` is of the call that the answer is for. */
export type ToWorker =
  | { type: "open"; id: number; address: PeerAddress; sdp: string; wishes: RelaySlot[]; addresses: string[] }
  | { type: "ask"; id: number; address: PeerAddress; wishes: RelaySlot[]; seq: number }
  | { type: "remove"; room: RoomName; uid: Uid };

/** What the relay carries just now, for the figures of the server. Bits a second. */
export interface RelayFigures {
  connections: number;
  sent: number;
  /** What the connection's downlink bears that bears least; `null` while none is known. */
  leastDownlink: number | null;
  /** Since the worker's start. */
  dropped: DropCounter["counts"];
}

/** What the worker tells. */
export type FromWorker =
  | { type: "listening"; port: number }
  | { type: "opened"; id: number; answer: string }
  | { type: "refused"; id: number; reason: string }
  | { type: "asked"; id: number; isKnown: boolean }
  | { type: "notice"; to: PeerAddress; notice: RelayNotice }
  | { type: "ended"; peer: PeerAddress; reason: string }
  | { type: "figures"; figures: RelayFigures };

/** What the worker is started with. */
export interface WorkerStart {
  port: number;
}
