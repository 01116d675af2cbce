import type { Candidate } from "./peer-signal";
import type { Timings } from "./timings";

/** Addresses of no use: by TCP browsers only call, and none of two takes the call. */
const BY_TCP = /^a=candidate:\S+ \d+ tcp .*\r\n/gim;

/** @returns a description's SDP with none but the addresses that are of use to another page */
export function forPeers(sdp: string): string {
  return sdp.replace(BY_TCP, "");
}

/** @returns the candidates in a description, by the media line that each belongs to */
export function candidatesIn(sdp: string): Candidate[] {
  const [, ...media] = forPeers(sdp).split(/^m=/m);
  return media.flatMap((lines, sdpMLineIndex) => {
    const usernameFragment = /^a=ice-ufrag:(.+)\r/m.exec(lines)?.[1];
    const found = lines.match(/(?<=^a=)candidate:.*(?=\r)/gm) ?? [];
    return found.map((candidate) => ({ candidate, sdpMLineIndex, usernameFragment }));
  });
}

export type CandidateTimings = Pick<Timings, "candidateMs" | "moreCandidatesMs">;

/**
 * Resolves when this machine's addresses are found, or none was for a while. A description waits for them, since those that it carries
 * need no request of their own. What comes later (a STUN server's answer, a TURN server's) follows by itself.
 *
 * @param signal ends the listening, when the connection is given up
 */
export async function firstCandidates(
  connection: RTCPeerConnection,
  timings: CandidateTimings,
  signal: AbortSignal,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, timings.candidateMs);
    const found = () => {
      clearTimeout(timer);
      setTimeout(resolve, timings.moreCandidatesMs);
    };
    connection.addEventListener("icecandidate", found, { once: true, signal });
  });
}
