import type { IceServer } from "@/lib/contracts/http";
import type { Instance, RoomName, RtcToken, Uid } from "@/lib/contracts/identifiers";
import type { RelayNotice, RelaySlot, Topology } from "@/lib/contracts/relay";

/** Where a signal comes from or goes to. A screen's instance is that of its owner's page. */
export interface Address {
  uid: Uid;
  instance: Instance;
}

/** Someone in the room with a client of their own: a person, or a person's screen. */
export interface Peer extends Address {
  role: "person" | "screen";
}

/** Why the server ended this page's part in the room for good. */
export type SignallingEnd = "replaced" | "token-expired" | "removed";

export type SignallingEvent =
  /** Someone is in the room who was not, or their page is a new one (same uid, other instance). */
  | { type: "peer"; peer: Peer }
  /** Someone is no member any more. */
  | { type: "peer-left"; uid: Uid }
  /** Sent by another page. From anyone, so unread and unchecked: parse it. In the order in which it was sent. */
  | { type: "signal"; from: Address; signal: unknown }
  /** What the relay says of a connection: this client's, or another one's of the page. */
  | { type: "relay"; notice: RelayNotice }
  /** The server was lost, or is back. Media links do not depend on it. */
  | { type: "connection"; isConnected: boolean }
  /** No signal will come any more. */
  | { type: "ended"; reason: SignallingEnd };

/** What a client must have to take part: its own seat in the room. */
export interface Seat extends Peer {
  room: RoomName;
  token: RtcToken;
  /** By this page's `performance.now()`; milliseconds. */
  expiresAtMs: number;
  iceServers: IceServer[];
  /** Which ways media may take. */
  topology: Topology;
}

/** A client's requests to the server's relay, for connections of its own. */
export interface RelayAccess {
  /**
   * @returns the answer's SDP
   * @throws {AppError} `unavailable` where there is no relay, or not just now; `offline`, …
   */
  open(offer: { connection: string; sdp: string; receives: RelaySlot[] }, signal: AbortSignal): Promise<string>;
  /** @throws {AppError} `not_found` when the connection is over; `unavailable`, `offline`, … */
  ask(slots: { connection: string; seq: number; receives: RelaySlot[] }): Promise<void>;
}

/** An offer for whoever comes first, and the signal that they get when they have come. Both go unread. */
export interface LeftOffer {
  offer: unknown;
  onJoin: unknown;
}

/**
 * How `EmbeddedClient` reaches the other pages. Implemented by the owner of the tab's one event stream, so that the
 * client itself never fetches, knows no HTTP and can be tested with a few lines in memory.
 */
export interface Signalling {
  /** This page's seat, or `null` while it is no member. */
  readonly seat: Seat | null;
  readonly isConnected: boolean;
  readonly relay: RelayAccess;
  /** Everyone in the room, screens as well, but the client itself. */
  readonly peers: readonly Peer[];
  /**
   * Delivers every event from now on, signals that came before anyone listened first.
   *
   * @returns the disposer
   */
  listen(listener: (event: SignallingEvent) => void): () => void;
  /**
   * Queues a signal: sent in order, retried while the server is away, dropped when either page is gone. What is said before
   * there is a seat goes with the request for it.
   */
  send(to: Address, signal: unknown): void;
  /**
   * Leaves an offer with the server for whoever comes first, in the place of what was left before; `null`: there is none any more.
   * Those in the lobby may have it.
   */
  leaveOffer(left: LeftOffer | null): void;
  /** A direct link to this one is up. */
  noteLinked(to: Address): void;
  /**
   * Has the server say whether a token is good for this seat, and takes it from then on.
   *
   * @throws {AppError} `token_invalid`, `token_expired`, `wrong_room`
   */
  renewToken(token: RtcToken): Promise<void>;
}
