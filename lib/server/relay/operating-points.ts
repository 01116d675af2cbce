import type { Encoding } from "./encoding";
import type { Layer } from "./layer-choice";
import type { Publication } from "./publication";
import type { Slot } from "./slot";

/** VP8 has at most four temporal layers (RFC 7741 §4.2): the highest, and with it all frames. */
export const ALL_FRAMES = 3;

/** What a layer is taken to cost while none of it has been seen, by its place. */
const USUAL_BITS_PER_SECOND = [100_000, 500_000, 1_500_000];
/** How Chromium shares an encoding among its three temporal layers, summed up (`kLayerRateAllocation` in WebRTC's `simulcast_rate_allocator.cc`). */
const USUAL_SHARES = [0.4, 0.6, 1];

/** One way to have a picture: an encoding of it, and its frames up to a temporal layer. */
export interface OperatingPoint {
  /** By its place among the sizes, from the smallest. */
  encoding: number;
  /** 0: only the frames that the others build on. */
  temporalLayer: number;
}

/**
 * All ways to have a picture, from the cheapest. Where not even the smallest size has room, some of its frames may: every
 * second one is still a moving picture.
 */
export function pointsOf({ rids, encodings }: Publication, nowMs: number): (OperatingPoint & Layer)[] {
  const known = rids.map((rid) => encodings.get(rid));
  return known.flatMap((encoding, index) => {
    const bitsPerSecond = encoding?.usualBitsPerSecond(nowMs) ?? usualOf(rids.length, index);
    const height = encoding?.height ?? guessHeight(known, index);
    const all = { encoding: index, temporalLayer: ALL_FRAMES, bitsPerSecond, height };
    if (index > 0) return [all];
    const seen = encoding?.temporalShares ?? [];
    const fewer = (seen.length > 0 ? seen : USUAL_SHARES).slice(0, -1).map((share, temporalLayer) => ({
      encoding: index,
      temporalLayer,
      bitsPerSecond: bitsPerSecond * share,
      height,
    }));
    return [...fewer, all];
  });
}

/** Which of two is the larger, as numbers. */
export function rankOf({ encoding, temporalLayer }: OperatingPoint): number {
  return encoding * (ALL_FRAMES + 1) + temporalLayer;
}

/** @returns the place of what is nearest below; 0 where nothing is */
export function placeOf(point: OperatingPoint, points: readonly OperatingPoint[]): number {
  return Math.max(
    0,
    points.findLastIndex((each) => rankOf(each) <= rankOf(point)),
  );
}

/** What a slot is given now. */
export function currentOf({ current }: Slot): OperatingPoint | null {
  return current ? { encoding: current.index, temporalLayer: ALL_FRAMES } : null;
}

function usualOf(count: number, index: number): number {
  // One alone is of no known size.
  return (count === 1 ? USUAL_BITS_PER_SECOND[1] : USUAL_BITS_PER_SECOND[index]) ?? 0;
}

/** Each encoding is twice as tall as the one before it, as browsers' own defaults have it. */
function guessHeight(known: readonly (Encoding | undefined)[], index: number): number | undefined {
  const seen = known.findIndex((encoding) => encoding?.height !== undefined);
  const height = known[seen]?.height;
  return height === undefined ? undefined : height * 2 ** (index - seen);
}
