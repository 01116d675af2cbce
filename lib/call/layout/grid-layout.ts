import type { Rectangle } from "./rectangle";

export interface GridLayout {
  columns: number;
  /** Pixels. */
  tileWidth: number;
  tileHeight: number;
}

/** The widest a tile may be: a laptop's camera's picture, whole. */
const MAX_ASPECT = 16 / 9;

/** The most upright: a wide picture loses its sides in it, so only an upright screen may crop so much. */
const MIN_ASPECT_WIDE = 1.2;
const MIN_ASPECT_UPRIGHT = 2 / 3;

/** Below this size in pixels a face cannot be read any more. */
const MIN_TILE = { width: 130, height: 100 };

/** So many pictures a laptop can show, and a phone. */
const MAX_TILES = 25;
const MAX_TILES_NARROW = 6;
const NARROW_WIDTH = 600;

/**
 * The grid whose tiles are largest: every number of columns is tried, and each tile may be as upright or as wide as
 * its picture bears; one alone may be as upright as it likes. All measures in pixels.
 */
export function gridLayout(
  count: number,
  width: number,
  height: number,
  gap: number,
  minAspect = minAspectOf(count, width, height),
): GridLayout {
  let best: GridLayout = { columns: 1, tileWidth: 0, tileHeight: 0 };
  let bestArea = -1;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cellWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
    const cellHeight = Math.max(0, (height - gap * (rows - 1)) / rows);
    const tileWidth = Math.floor(Math.min(cellWidth, cellHeight * MAX_ASPECT));
    const tileHeight = Math.floor(minAspect > 0 ? Math.min(cellHeight, tileWidth / minAspect) : cellHeight);
    if (tileWidth * tileHeight > bestArea) {
      bestArea = tileWidth * tileHeight;
      best = { columns, tileWidth, tileHeight };
    }
  }
  return best;
}

function minAspectOf(count: number, width: number, height: number): number {
  if (count === 1) return 0;
  return width < height ? MIN_ASPECT_UPRIGHT : MIN_ASPECT_WIDE;
}

/** How many tiles an area holds at a size at which one still sees who is who; one at least. */
export function gridCapacity(width: number, height: number, gap: number): number {
  for (let count = width < NARROW_WIDTH ? MAX_TILES_NARROW : MAX_TILES; count > 1; count--) {
    const { tileWidth, tileHeight } = gridLayout(count, width, height, gap);
    if (tileWidth >= MIN_TILE.width && tileHeight >= MIN_TILE.height) return count;
  }
  return 1;
}

/** Where each tile of the best grid is: in the middle of the area, and the last row in the middle of its row. */
export function gridPlaces(count: number, area: Rectangle, gap: number, minAspect?: number): Rectangle[] {
  const layout = gridLayout(count, area.width, area.height, gap, minAspect);
  const { columns, tileWidth: width, tileHeight: height } = layout;
  const rows = Math.ceil(count / columns);
  const top = area.top + (area.height - extent(rows, height, gap)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = area.left + (area.width - extent(inRow, width, gap)) / 2;
    return {
      left: Math.round(left + (index % columns) * (width + gap)),
      top: Math.round(top + row * (height + gap)),
      width,
      height,
    };
  });
}

/** What so many tiles in a line take. */
export function extent(count: number, size: number, gap: number): number {
  return Math.max(0, count * size + (count - 1) * gap);
}
