import type { Page } from "@playwright/test";

/** The pair of addresses that ICE chose, from the page's side (W3C webrtc-stats, RTCIceCandidateStats). */
export interface ChosenPath {
  local: string;
  remote: string;
  /** Where packets are sent to, as `203.0.113.10:3478`. */
  to: string;
  /** How the page reaches its TURN server, where the own end is there. */
  relayProtocol: string | undefined;
}

/** The way of each connection that stands. */
export function chosenPaths(page: Page): Promise<ChosenPath[]> {
  return page.evaluate(async () => {
    type Stat = RTCStats & { [figure: string]: string | undefined };
    const paths = [];
    for (const connection of window.recordedMedia.connections) {
      if (connection.connectionState !== "connected") continue;
      const stats = new Map<string | undefined, Stat>();
      (await connection.getStats()).forEach((stat: Stat) => {
        stats.set(stat.id, stat);
      });
      for (const { type, selectedCandidatePairId } of stats.values()) {
        if (type !== "transport") continue;
        const pair = stats.get(selectedCandidatePairId);
        const local = stats.get(pair?.localCandidateId);
        const remote = stats.get(pair?.remoteCandidateId);
        paths.push({
          local: local?.candidateType ?? "",
          remote: remote?.candidateType ?? "",
          to: `${remote?.address}:${remote?.port}`,
          relayProtocol: local?.relayProtocol,
        });
      }
    }
    return paths;
  });
}
