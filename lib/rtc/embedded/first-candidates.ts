/**
 * A description waits for the addresses of this machine, which are all found a millisecond or two after it: those that it carries
 * need no request of their own. What comes later (a STUN server's answer, a TURN server's) follows by itself.
 */
const FIRST_CANDIDATE_MS = 30;
const MORE_CANDIDATES_MS = 2;

/**
 * Resolves when this machine's addresses are found, or none was for a while.
 *
 * @param signal ends the listening, when the connection is given up
 */
export async function firstCandidates(connection: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, FIRST_CANDIDATE_MS);
    const found = () => {
      clearTimeout(timer);
      setTimeout(resolve, MORE_CANDIDATES_MS);
    };
    connection.addEventListener("icecandidate", found, { once: true, signal });
  });
}
