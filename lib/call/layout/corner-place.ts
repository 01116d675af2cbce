import type { Rectangle } from "./rectangle";

/** Where this person's own picture floats over the others', in the order in which it is moved round. */
export const CORNERS = ["bottom-right", "top-right", "top-left", "bottom-left"] as const;
export type Corner = (typeof CORNERS)[number];

const INSET = 12;

/** What stands in the other corners of a large tile, its name and its pin, stays free. */
const KEPT_FREE = 52;

const WIDE = { share: 0.19, minWidth: 132, maxWidth: 236, aspect: 16 / 9 };
const UPRIGHT = { share: 0.27, minWidth: 84, maxWidth: 140, aspect: 3 / 4 };

/** A small picture in a corner of the others'. Upright on an upright screen, as a phone's camera films. */
export function cornerPlace(corner: Corner, over: Rectangle): Rectangle {
  const shape = over.width < over.height ? UPRIGHT : WIDE;
  const width = Math.round(clamp(over.width * shape.share, shape.minWidth, shape.maxWidth));
  const height = Math.round(width / shape.aspect);
  const isLeft = corner === "top-left" || corner === "bottom-left";
  const isTop = corner === "top-right" || corner === "top-left";
  const bottomInset = isLeft ? KEPT_FREE : INSET;
  return {
    left: Math.round(over.left + (isLeft ? INSET : over.width - width - INSET)),
    top: Math.round(over.top + (isTop ? KEPT_FREE : over.height - height - bottomInset)),
    width,
    height,
  };
}

/** The corner that is nearest to a point of the area that `over` fills. */
export function nearestCorner(point: { left: number; top: number }, over: Rectangle): Corner {
  const isLeft = point.left < over.left + over.width / 2;
  const isTop = point.top < over.top + over.height / 2;
  if (isTop) return isLeft ? "top-left" : "top-right";
  return isLeft ? "bottom-left" : "bottom-right";
}

export function nextCorner(corner: Corner): Corner {
  return CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? corner;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
