/** The low stream is 180 lines high: up to so many CSS pixels it looks no worse than the high one. */
const LOW_UP_TO_PX = 200;

/** A tile that is being resized about the border must not switch to and fro. */
const HIGH_FROM_PX = 240;

export type PictureSize = "high" | "low";

/**
 * Which of a picture's two sizes is enough for a tile.
 *
 * @param heightPx how high it is drawn, in CSS pixels
 * @param current the size that is received now
 */
export function pictureSizeFor(heightPx: number, current: PictureSize): PictureSize {
  if (heightPx <= LOW_UP_TO_PX) return "low";
  if (heightPx >= HIGH_FROM_PX) return "high";
  return current;
}
