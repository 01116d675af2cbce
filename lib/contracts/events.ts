import * as v from "valibot";
import { Knock, RoomState } from "./hosting";
import { Instance, Uid } from "./identifiers";
import { ChatMessage, Member, Reaction } from "./members";
import { RelayNotice } from "./relay";
import { WholeNumber } from "./whole-number";

/**
 * What one page tells another through the server, which passes it on unread. `seq` counts up per sending instance. `from` and
 * `to` are people or screens; a screen's signals come and go on its owner's stream, with its owner's instance.
 */
const SignalEvent = v.object({
  from: Uid,
  fromInstance: Instance,
  to: Uid,
  toInstance: Instance,
  seq: WholeNumber,
  signal: v.unknown(),
});

const nothing = v.object({});

/** The data of each event on a room's stream, by the event's name. */
export const ROOM_EVENT_DATA = {
  /**
   * The room as it is. Sent when a stream opens and cannot be resumed, when its owner becomes a member, and to those in the
   * lobby when the door is locked or opened: at a locked one `members` is empty.
   */
  welcome: v.object({
    self: v.object({ uid: Uid, kind: v.picklist(["lobby", "join"]) }),
    members: v.array(Member),
    room: RoomState,
    messages: v.array(ChatMessage),
    resumed: v.boolean(),
  }),
  "member-joined": Member,
  "member-updated": Member,
  "member-left": v.object({ uid: Uid }),
  /** To members. Those in the lobby of a locked room get a new `welcome` instead. */
  "room-updated": RoomState,
  /** To the host, in full each time: who is at the locked door. */
  knocks: v.object({ knocks: v.array(Knock) }),
  /** To the page that knocked. */
  "knock-answered": v.object({ isAdmitted: v.boolean() }),
  message: ChatMessage,
  /** Shown for a moment and kept nowhere. */
  reaction: v.object({ uid: Uid, reaction: Reaction }),
  signal: SignalEvent,
  /** To those in the lobby: what a member's page, alone in the room, offers to whoever comes first; `null`: nothing any more. Ends when anyone joins. */
  "standing-offer": v.object({ uid: Uid, instance: Instance, offer: v.unknown() }),
  /** To the page whose connection it is about, its screen's too. */
  relay: RelayNotice,
  /** To be answered at once with `POST /api/members/pong`. */
  ping: v.object({ ping: WholeNumber }),
  "token-expired": nothing,
  /** A newer stream for the same uid was opened: this one ends and must not come back by itself. */
  replaced: nothing,
  /** The host removed this page's person: this stream ends, and there will be no other. */
  removed: nothing,
  /** The server is being stopped: reconnect. */
  shutdown: nothing,
} as const;

export type RoomEventType = keyof typeof ROOM_EVENT_DATA;
export type RoomEventData<T extends RoomEventType> = v.InferOutput<(typeof ROOM_EVENT_DATA)[T]>;
export type RoomEvent = { [T in RoomEventType]: { type: T; data: RoomEventData<T> } }[RoomEventType];

/**
 * Parses one server-sent event.
 *
 * @returns the event, or `undefined` for a type this version does not know (a newer server's)
 * @throws {SyntaxError | v.ValiError} when the data is not what the contract says
 */
export function parseRoomEvent(type: string, data: string): RoomEvent | undefined {
  if (!Object.hasOwn(ROOM_EVENT_DATA, type)) return undefined;
  const known = type as RoomEventType;
  return { type: known, data: v.parse(ROOM_EVENT_DATA[known], JSON.parse(data)) } as RoomEvent;
}
