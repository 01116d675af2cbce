export interface GridLayout {
  columns: number;
  /** Pixels. */
  tileWidth: number;
  tileHeight: number;
}

/** The shapes a tile may take: from upright, as phones film, to the wide picture of a laptop's camera. */
const MIN_ASPECT = 3 / 4;
const MAX_ASPECT = 16 / 9;

/**
 * The grid whose tiles are largest: every number of columns is tried, and each tile may be as upright or as wide as
 * cameras film. All measures in pixels.
 */
export function gridLayout(count: number, width: number, height: number, gap: number): GridLayout {
  let best: GridLayout = { columns: 1, tileWidth: 0, tileHeight: 0 };
  let bestArea = -1;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cellWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
    const cellHeight = Math.max(0, (height - gap * (rows - 1)) / rows);
    const tileWidth = Math.floor(Math.min(cellWidth, cellHeight * MAX_ASPECT));
    const tileHeight = Math.floor(Math.min(cellHeight, tileWidth / MIN_ASPECT));
    if (tileWidth * tileHeight > bestArea) {
      bestArea = tileWidth * tileHeight;
      best = { columns, tileWidth, tileHeight };
    }
  }
  return best;
}
