import type { Timings } from "./timings";

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
