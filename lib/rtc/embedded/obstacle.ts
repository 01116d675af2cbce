import type { Obstacle } from "@/lib/contracts/members";

/** How an address was found (RFC 8445 §5.1.1): on this computer, by STUN's answer, or at a TURN server. */
export type CandidateType = "host" | "srflx" | "prflx" | "relay";

/** @param candidate the line of `RTCIceCandidate.candidate` */
export function candidateType(candidate: string): CandidateType | undefined {
  const [, type] = / typ (host|srflx|prflx|relay)( |$)/.exec(candidate) ?? [];
  return type as CandidateType | undefined;
}

/** A TURN server's answers to credentials that it does not take: unauthorized, forbidden (RFC 8656 §7.3). */
const REFUSALS = [401, 403];

/** Whether a TURN server has said that it lets nobody in with what it was given. */
export function isTurnRefusal({ url, errorCode }: RTCPeerConnectionIceErrorEvent): boolean {
  return /^turns?:/.test(url) && REFUSALS.includes(errorCode);
}

/** Why two pages do not reach each other, as far as this one can tell. */
export function obstacleOf({
  hasAnswered,
  isRelayOut,
  isDirectTried,
  iceServers,
  found,
  isTurnRefused,
}: {
  /** The other's page has said anything at all. */
  hasAnswered: boolean;
  /** One of the two does not reach this server's relay, where there is one. */
  isRelayOut: boolean;
  /** They have tried to meet without it. */
  isDirectTried: boolean;
  iceServers: readonly RTCIceServer[];
  /** What kinds of addresses this page has found for itself. */
  found: ReadonlySet<CandidateType>;
  /** A TURN server did not take this page's credentials. */
  isTurnRefused: boolean;
}): Obstacle {
  const urls = iceServers.flatMap((server) => server.urls);
  if (!hasAnswered) return "no-answer";
  if (isRelayOut) return "relay-unreachable";
  if (!isDirectTried) return "unknown";
  if (urls.some((url) => /^turns?:/.test(url))) {
    if (found.has("relay")) return "unknown";
    return isTurnRefused ? "turn-refused" : "turn-unreachable";
  }
  if (urls.some((url) => /^stuns?:/.test(url)) && !found.has("srflx")) return "udp-blocked";
  return "no-turn";
}
