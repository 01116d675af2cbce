import * as z from "zod/mini";
import { Instance, Uid } from "./identifiers";
import { REACTIONS } from "./reactions";

/**
 * `connecting`: the member is made, its stream has not been opened yet. `reconnecting`: the stream is gone, the seat is
 * kept for a while. Both are people in the room.
 */
export const MemberState = z.enum(["connecting", "connected", "reconnecting"]);
export type MemberState = z.infer<typeof MemberState>;

/**
 * What keeps the media of two people apart, as one of the two sees it. `no-turn`: there is no TURN server that could pass it
 * on. `udp-blocked`: nor did STUN answer. `relay-unreachable`: one of them does not reach this server's relay, by UDP.
 * `turn-unreachable`: there is a TURN server, and this end's network does not reach it. `turn-refused`: it takes nobody with this
 * server's credentials. `no-answer`: the other's page never said a word. `unknown`: none of these.
 */
export const Obstacle = z.enum([
  "no-turn",
  "udp-blocked",
  "turn-unreachable",
  "turn-refused",
  "relay-unreachable",
  "no-answer",
  "unknown",
]);
export type Obstacle = z.infer<typeof Obstacle>;

/** Someone in the room to whom a page has no link, by its own word. */
export const UnreachablePeer = z.object({ uid: Uid, obstacle: Obstacle });
export type UnreachablePeer = z.infer<typeof UnreachablePeer>;

/** One person in a room. `joinedAt` is Unix milliseconds and does not change when they reload. */
export const Member = z.object({
  uid: Uid,
  name: z.string(),
  state: MemberState,
  instance: Instance,
  joinedAt: z.int(),
  unreachable: z.array(UnreachablePeer),
  /** When they raised their hand, Unix milliseconds, no two the same: the order of the hands. `null` while it is down. */
  handRaisedAt: z.nullable(z.int()),
  /** A host muted them and they have not unmuted since: nobody plays their microphone. */
  isMutedByHost: z.boolean(),
  /** The uid that publishes their screen; `null` while they share none. */
  screen: z.nullable(Uid),
});
export type Member = z.infer<typeof Member>;

export const Reaction = z.enum(REACTIONS);
export type Reaction = z.infer<typeof Reaction>;

/** One chat message. `sentAt` is Unix milliseconds by the server's clock; `name` is the sender's at that time. */
export const ChatMessage = z.object({
  id: z.int(),
  uid: Uid,
  name: z.string(),
  clientId: z.string(),
  text: z.string(),
  sentAt: z.int(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;
