import type { Obstacle } from "@/lib/contracts/members";

/**
 * The way that media takes: to the other browser, through a TURN server, through the relay of this app's own server, or over the
 * network of a provider.
 */
export type LinkPath = "direct" | "turn" | "server" | "network" | "unknown";

/** What there is to know of the way to one other person beyond the SDK's getters; `null` where it is not known. */
export interface LinkDetails {
  path: LinkPath;
  roundTripMs: number | null;
  /** Of their sound. */
  jitterMs: number | null;
  /** Bits a second, of what is sent to this person. */
  sentBitrate: number | null;
}

export const NO_LINK: LinkDetails = { path: "unknown", roundTripMs: null, jitterMs: null, sentBitrate: null };

/** What holds the own picture back, as the browser's encoder says. */
export type PictureLimit = "processor" | "network" | "nothing";

/** Answered by a client that has links of its own to each person. */
export interface LinkInspector {
  linkDetails(uid: number): LinkDetails;
  /** Why there is no link to someone; only to be asked when there is none. */
  obstacleTo(uid: number): Obstacle;
  readonly pictureLimit: PictureLimit | null;
}
