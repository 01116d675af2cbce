import { extent } from "./grid-layout";
import type { Rectangle } from "./rectangle";

export interface StripLayout {
  /** What the strip leaves for the stage. */
  stage: Rectangle;
  /** Where the strip's tiles are; fewer than asked for where no more fit. */
  places: Rectangle[];
}

const ASPECT = 16 / 9;

/** A strip beside a wide stage: as few columns as hold all, while its tiles are not smaller than this. Pixels. */
const COLUMN = { minWidth: 136, maxWidth: 232, maxCount: 3 };
/** Of the area's width; or all that the largest picture on the stage leaves beside it, on a phone held sideways. */
const MAX_SIDE_SHARE = 0.32;

/** A strip under an upright stage: rows of three. */
const ROW = { columns: 3, maxRows: 2, maxHeight: 120, maxShare: 0.4 };

/** A stage with the others in a strip: at its right on a wide area, under it on an upright one. */
export function stripLayout(count: number, area: Rectangle, gap: number): StripLayout {
  if (count === 0) return { stage: area, places: [] };
  return area.width >= area.height ? sideStrip(count, area, gap) : bottomStrip(count, area, gap);
}

function sideStrip(count: number, area: Rectangle, gap: number): StripLayout {
  const { columns, width, rows } = sideColumns(count, area, gap);
  const height = Math.floor(width / ASPECT);
  const stripWidth = extent(columns, width, gap);
  const shown = Math.min(count, rows * columns);
  const left = area.left + area.width - stripWidth;
  const top = area.top + (area.height - extent(Math.ceil(shown / columns), height, gap)) / 2;
  return {
    stage: { ...area, width: Math.max(0, area.width - stripWidth - gap) },
    places: Array.from({ length: shown }, (_, index) => ({
      left: Math.round(left + (index % columns) * (width + gap)),
      top: Math.round(top + Math.floor(index / columns) * (height + gap)),
      width,
      height,
    })),
  };
}

/** As few columns as hold all; where none do, as many as there is room for, and the rest on further pages. */
function sideColumns(count: number, area: Rectangle, gap: number) {
  const stripWidth = Math.max(area.width * MAX_SIDE_SHARE, area.width - area.height * ASPECT - gap);
  for (let columns = 1; columns <= COLUMN.maxCount; columns++) {
    const rows = Math.ceil(count / columns);
    const byHeight = ((area.height - gap * (rows - 1)) / rows) * ASPECT;
    const byShare = (stripWidth - gap * (columns - 1)) / columns;
    const width = Math.floor(Math.min(COLUMN.maxWidth, byHeight, byShare));
    if (width >= COLUMN.minWidth) return { columns, rows, width };
  }
  const fitting = (space: number, size: number) => Math.max(1, Math.floor((space + gap) / (size + gap)));
  return {
    columns: Math.min(COLUMN.maxCount, fitting(stripWidth, COLUMN.minWidth)),
    rows: fitting(area.height, COLUMN.minWidth / ASPECT),
    width: COLUMN.minWidth,
  };
}

function bottomStrip(count: number, area: Rectangle, gap: number): StripLayout {
  const width = Math.floor((area.width - gap * (ROW.columns - 1)) / ROW.columns);
  const rows = Math.min(ROW.maxRows, Math.ceil(count / ROW.columns));
  const height = Math.floor(
    Math.min(ROW.maxHeight, (area.height * ROW.maxShare - gap * (rows - 1)) / rows, width / (ASPECT / 2)),
  );
  const stripHeight = extent(rows, height, gap);
  const shown = Math.min(count, rows * ROW.columns);
  // Four are two and two, not three and one.
  const columns = Math.ceil(shown / rows);
  const top = area.top + area.height - stripHeight;
  return {
    stage: { ...area, height: Math.max(0, area.height - stripHeight - gap) },
    places: Array.from({ length: shown }, (_, index) => {
      const row = Math.floor(index / columns);
      const inRow = Math.min(columns, shown - row * columns);
      const left = area.left + (area.width - extent(inRow, width, gap)) / 2;
      return {
        left: Math.round(left + (index % columns) * (width + gap)),
        top: Math.round(top + row * (height + gap)),
        width,
        height,
      };
    }),
  };
}
