import type { NetworkQuality } from "agora-rtc-react";

/** Agora's grades: 0 unknown, 1 excellent, 2 good, 3 flawed, 4 poor, 5 barely usable, 6 down. */
export type QualityGrade = NetworkQuality["uplinkNetworkQuality"];

/** The SDK's own formula, read in its `statsCollector`: seven tenths loss, three tenths round trip. */
export function qualityGrade({ lossRate, roundTripMs }: { lossRate: number; roundTripMs: number }): QualityGrade {
  const badness = 0.7 * ((lossRate * 100) / 50) + 0.3 * (roundTripMs / 1500);
  if (badness < 0.1) return 1;
  if (badness < 0.17) return 2;
  if (badness < 0.36) return 3;
  if (badness < 0.59) return 4;
  return 5;
}

/**
 * This page's own quality, from that of its links. It is the best of them: a bad link may be the other's fault, a good
 * one cannot be had over a bad network of one's own.
 */
export function ownQuality(links: readonly NetworkQuality[]): NetworkQuality {
  const known = (grades: QualityGrade[]): QualityGrade => {
    return grades.filter((grade) => grade > 0).sort()[0] ?? 0;
  };
  return {
    uplinkNetworkQuality: known(links.map((link) => link.uplinkNetworkQuality)),
    downlinkNetworkQuality: known(links.map((link) => link.downlinkNetworkQuality)),
  };
}
