import type { IAgoraRTCClient } from "agora-rtc-react";
import type { Uid } from "@/lib/contracts/identifiers";
import type { Obstacle } from "@/lib/contracts/members";
import type { LinkDetails, LinkInspector, PictureLimit } from "./link-details";

/** On Agora everyone meets its servers, and nobody each other. */
const OVER_A_NETWORK: LinkDetails = { path: "network", roundTripMs: null, jitterMs: null, sentBitrate: null };

/** Why there is no link to someone; `null` where there are no links between people that could be cut. */
export function obstacleTo(client: IAgoraRTCClient, uid: Uid): Obstacle | null {
  return inspectorOf(client)?.obstacleTo(uid) ?? null;
}

/** What there is to know of the way to someone beyond the SDK's getters. */
export function linkDetailsOf(client: IAgoraRTCClient, uid: Uid): LinkDetails {
  return inspectorOf(client)?.linkDetails(uid) ?? OVER_A_NETWORK;
}

/** What holds the own picture back; `null` where that is not known. */
export function pictureLimitOf(client: IAgoraRTCClient): PictureLimit | null {
  return inspectorOf(client)?.pictureLimit ?? null;
}

/** Not by its class: whoever looks at figures would have the whole client loaded with them. */
function inspectorOf(client: IAgoraRTCClient): LinkInspector | undefined {
  return isInspector(client) ? client : undefined;
}

function isInspector(client: object): client is LinkInspector {
  return "linkDetails" in client;
}
