import type { Uid } from "@/lib/contracts/identifiers";
import type { Member } from "@/lib/contracts/members";

/**
 * How well a person's media reaches this page: `unknown` while nothing has been heard of it, `down` when it cannot be
 * reached at all.
 */
export type LinkState = "unknown" | "up" | "reconnecting" | "down";

/**
 * One person as drawn. A plain snapshot: tracks belong to the client and are looked up by whoever plays them; the ids
 * are here so that a new track is a change.
 */
export interface Player {
  uid: Uid;
  name: string;
  memberState: Member["state"];
  isLocal: boolean;
  /** The person's client is in the call; a member who is still opening their page is not. */
  isInCall: boolean;
  /** Sent by the person, and neither muted nor turned off. */
  hasAudio: boolean;
  hasVideo: boolean;
  /** Of the subscribed tracks; `null` while there is none. */
  audioTrackId: string | null;
  videoTrackId: string | null;
  link: LinkState;
  isSpeaking: boolean;
}

export function newPlayer(member: Member, isLocal: boolean): Player {
  return {
    uid: member.uid,
    name: member.name,
    memberState: member.state,
    isLocal,
    isInCall: isLocal,
    hasAudio: false,
    hasVideo: false,
    audioTrackId: null,
    videoTrackId: null,
    link: isLocal ? "up" : "unknown",
    isSpeaking: false,
  };
}

export type TileState = "connecting" | "connected" | "reconnecting" | "unreachable";

/** What a tile says of its person's connection: the server's word and the media's together. */
export function tileStateOf({ isLocal, memberState, isInCall, link }: Player): TileState {
  if (isLocal) return "connected";
  if (link === "down") return memberState === "reconnecting" ? "reconnecting" : "unreachable";
  if (link === "reconnecting" || memberState === "reconnecting") return "reconnecting";
  return isInCall && link === "up" ? "connected" : "connecting";
}
