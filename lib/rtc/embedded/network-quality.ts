import type { NetworkQuality } from "agora-rtc-react";

/** Agora's grades: 0 unknown, 1 excellent, 2 good, 3 flawed, 4 poor, 5 barely usable, 6 down. */
export type QualityGrade = NetworkQuality["uplinkNetworkQuality"];

/** From where on the SDK calls a network flawed, and poor. */
const FLAWED = 0.17;
const POOR = 0.36;

/** Sound suffers from so many lost packets on (0 to 1), whatever the round trip … */
const FLAWED_LOSS = 0.02;
/** … and from here on everyone notices: a syllable every few words. */
const POOR_LOSS = 0.04;

/**
 * The SDK's own formula, read in its `statsCollector`: seven tenths loss, three tenths round trip. By that alone a twentieth lost would be
 * excellent, and only a quarter poor.
 */
export function qualityGrade({ lossRate, roundTripMs }: { lossRate: number; roundTripMs: number }): QualityGrade {
  const byLoss = lossRate >= POOR_LOSS ? POOR : lossRate >= FLAWED_LOSS ? FLAWED : 0;
  const badness = Math.max(0.7 * ((lossRate * 100) / 50) + 0.3 * (roundTripMs / 1500), byLoss);
  if (badness < 0.1) return 1;
  if (badness < FLAWED) return 2;
  if (badness < POOR) return 3;
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
