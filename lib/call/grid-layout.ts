export interface GridLayout {
  columns: number;
  /** Pixels. */
  tileWidth: number;
  tileHeight: number;
}

/** The widest a tile may be: a laptop's camera's picture, whole. */
const MAX_ASPECT = 16 / 9;

/** The most upright: a wide picture loses its sides in it, so only an upright screen may crop more than to a square. */
const MIN_ASPECT_WIDE = 1;
const MIN_ASPECT_UPRIGHT = 3 / 4;

/**
 * The grid whose tiles are largest: every number of columns is tried, and each tile may be as upright or as wide as
 * its picture bears. All measures in pixels.
 */
export function gridLayout(count: number, width: number, height: number, gap: number): GridLayout {
  let best: GridLayout = { columns: 1, tileWidth: 0, tileHeight: 0 };
  let bestArea = -1;
  const minAspect = width < height ? MIN_ASPECT_UPRIGHT : MIN_ASPECT_WIDE;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cellWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
    const cellHeight = Math.max(0, (height - gap * (rows - 1)) / rows);
    const tileWidth = Math.floor(Math.min(cellWidth, cellHeight * MAX_ASPECT));
    const tileHeight = Math.floor(Math.min(cellHeight, tileWidth / minAspect));
    if (tileWidth * tileHeight > bestArea) {
      bestArea = tileWidth * tileHeight;
      best = { columns, tileWidth, tileHeight };
    }
  }
  return best;
}
