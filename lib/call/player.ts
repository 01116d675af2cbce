import type { Uid } from "@/lib/contracts/identifiers";
import type { Member, UnreachablePeer } from "@/lib/contracts/members";

/**
 * How well a person's media reaches this page: `unknown` while nothing has been heard of it, `down` when it cannot be
 * reached at all.
 */
export type LinkState = "unknown" | "up" | "reconnecting" | "down";

/**
 * What the client says of someone's media. A plain snapshot: tracks belong to the client and are looked up by whoever plays
 * them; the ids are here so that a new track is a change.
 */
export interface MediaState {
  /** Their client is in the call; that of a member who is still opening their page is not. */
  isInCall: boolean;
  /** Sent by them, and neither muted nor turned off. */
  hasAudio: boolean;
  hasVideo: boolean;
  /** Of the subscribed tracks; `null` while there is none. */
  audioTrackId: string | null;
  videoTrackId: string | null;
  link: LinkState;
  /** Their voice is heard just now. */
  isSpeaking: boolean;
  /** Has been so for some seconds; this person's own, too. */
  hasPoorNetwork: boolean;
  /** The network bears no picture of theirs at present: they send one, and only their sound comes. */
  isSoundOnly: boolean;
  /** Their picture comes in and this browser cannot show it. */
  isPictureBroken: boolean;
}

/** One person as drawn. */
export interface Player extends MediaState {
  uid: Uid;
  name: string;
  memberState: Member["state"];
  isLocal: boolean;
  /** When they raised their hand; `null` while it is down. */
  handRaisedAt: number | null;
  /** By a host, and they have not unmuted since: what they send is not played. */
  isMutedByHost: boolean;
  /** Whom they cannot reach, by their own page's word, which everyone hears; this person's own, too. */
  unreachable: readonly UnreachablePeer[];
}

/** Of someone whose client is not in the call. */
export const NO_MEDIA: MediaState = {
  isInCall: false,
  hasAudio: false,
  hasVideo: false,
  audioTrackId: null,
  videoTrackId: null,
  link: "unknown",
  isSpeaking: false,
  hasPoorNetwork: false,
  isSoundOnly: false,
  isPictureBroken: false,
};

/** What the server says of a member that a tile shows. */
export function standingOf({ name, state, unreachable, handRaisedAt, isMutedByHost }: Member) {
  return { name, memberState: state, unreachable, handRaisedAt, isMutedByHost } as const satisfies Partial<Player>;
}

export function newPlayer(member: Member, isLocal: boolean): Player {
  return {
    ...NO_MEDIA,
    uid: member.uid,
    ...standingOf(member),
    isLocal,
    isInCall: isLocal,
    link: isLocal ? "up" : "unknown",
  };
}

/** Whether the others hear them: what a host muted nobody plays. */
export function isHeard({ hasAudio, isMutedByHost }: Pick<Player, "hasAudio" | "isMutedByHost">): boolean {
  return hasAudio && !isMutedByHost;
}

export type TileState = "connecting" | "connected" | "reconnecting" | "unreachable";

/** What a tile says of its person's connection: the server's word and the media's together. */
export function tileStateOf({
  isLocal,
  memberState,
  isInCall,
  link,
}: Pick<Player, "isLocal" | "memberState" | "isInCall" | "link">): TileState {
  if (isLocal) return "connected";
  if (link === "down") return memberState === "reconnecting" ? "reconnecting" : "unreachable";
  if (link === "reconnecting" || memberState === "reconnecting") return "reconnecting";
  return isInCall && link === "up" ? "connected" : "connecting";
}
