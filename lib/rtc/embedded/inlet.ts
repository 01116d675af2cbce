import type { MediaKind } from "./peer-signal";
import type { Route } from "./routes";

/** Where someone's media comes in. Another one has other tracks. */
export interface Inlet {
  readonly route: Route;
  readonly connection: RTCPeerConnection;
  transceiver(kind: MediaKind): RTCRtpTransceiver | undefined;
}

/** How often it is looked whether something has come: a change of ways is to be short. */
const POLL_MS = 60;

/**
 * Resolves when all that is expected comes in by an inlet: sound that can be played, a picture that is decoded.
 *
 * @param expected looked at each time, since what is sent and wanted changes
 * @param picturePatienceMs so long after the sound has come a picture is not waited for any more: there may be no room for it
 * @param signal ends the waiting
 * @returns whether it has come; `false` when the signal was given
 */
export async function comesIn(
  inlet: Inlet,
  expected: () => readonly MediaKind[],
  { picturePatienceMs, signal }: { picturePatienceMs: number; signal: AbortSignal },
): Promise<boolean> {
  /** Since when a picture alone is missing: until then there may be no connection yet. */
  let aloneSinceMs: number | undefined;
  const before = { audio: await countOf(inlet, "audio"), video: await countOf(inlet, "video") };
  while (!signal.aborted) {
    const kinds = expected();
    const missing: MediaKind[] = [];
    for (const kind of kinds) if ((await countOf(inlet, kind)) <= before[kind]) missing.push(kind);
    aloneSinceMs = missing.includes("audio") ? undefined : (aloneSinceMs ?? performance.now());
    const isPatient = aloneSinceMs === undefined || performance.now() - aloneSinceMs < picturePatienceMs;
    const isComplete = missing.length === 0 || !isPatient;
    if (isComplete && !signal.aborted) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}

/** What has come in of a kind: frames decoded of a picture, packets of a sound. */
async function countOf(inlet: Inlet, kind: MediaKind): Promise<number> {
  const receiver = inlet.transceiver(kind)?.receiver;
  if (!receiver) return 0;
  let count = 0;
  (await receiver.getStats()).forEach((stat: RTCStats & { framesDecoded?: number; packetsReceived?: number }) => {
    if (stat.type === "inbound-rtp") count += (kind === "video" ? stat.framesDecoded : stat.packetsReceived) ?? 0;
  });
  return count;
}
