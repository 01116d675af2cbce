import * as v from "valibot";
import { Instance, Uid } from "./identifiers";
import { REACTIONS } from "./reactions";
import { WholeNumber } from "./whole-number";

/**
 * `connecting`: the member is made, its stream has not been opened yet. `reconnecting`: the stream is gone, the seat is
 * kept for a while. Both are people in the room.
 */
export const MemberState = v.picklist(["connecting", "connected", "reconnecting"]);
export type MemberState = v.InferOutput<typeof MemberState>;

/**
 * What keeps the media of two people apart, as one of the two sees it. `no-turn`: there is no TURN server that could pass it
 * on. `udp-blocked`: nor did STUN answer. `relay-unreachable`: one of them does not reach this server's relay, by UDP.
 * `turn-unreachable`: there is a TURN server, and this end's network does not reach it. `turn-refused`: it takes nobody with this
 * server's credentials. `no-answer`: the other's page never said a word. `unknown`: none of these.
 */
export const Obstacle = v.picklist([
  "no-turn",
  "udp-blocked",
  "turn-unreachable",
  "turn-refused",
  "relay-unreachable",
  "no-answer",
  "unknown",
]);
export type Obstacle = v.InferOutput<typeof Obstacle>;

/** Someone in the room to whom a page has no link, by its own word. */
export const UnreachablePeer = v.object({ uid: Uid, obstacle: Obstacle });
export type UnreachablePeer = v.InferOutput<typeof UnreachablePeer>;

/** One person in a room. `joinedAt` is Unix milliseconds and does not change when they reload. */
export const Member = v.object({
  uid: Uid,
  name: v.string(),
  state: MemberState,
  instance: Instance,
  joinedAt: WholeNumber,
  unreachable: v.array(UnreachablePeer),
  /** When they raised their hand, Unix milliseconds, no two the same: the order of the hands. `null` while it is down. */
  handRaisedAt: v.nullable(WholeNumber),
  /** A host muted them and they have not unmuted since: nobody plays their microphone. */
  isMutedByHost: v.boolean(),
  /** The uid that publishes their screen; `null` while they share none. */
  screen: v.nullable(Uid),
});
export type Member = v.InferOutput<typeof Member>;

export const Reaction = v.picklist(REACTIONS);
export type Reaction = v.InferOutput<typeof Reaction>;

/** One chat message. `sentAt` is Unix milliseconds by the server's clock; `name` is the sender's at that time. */
export const ChatMessage = v.object({
  id: WholeNumber,
  uid: Uid,
  name: v.string(),
  clientId: v.string(),
  text: v.string(),
  sentAt: WholeNumber,
});
export type ChatMessage = v.InferOutput<typeof ChatMessage>;
