import { extent } from "./grid-layout";
import type { Rectangle } from "./rectangle";

export interface StripLayout {
  /** What the strip leaves for the stage. */
  stage: Rectangle;
  /** Where the strip's tiles are; fewer than asked for where no more fit. */
  places: Rectangle[];
  /** From where to where the line under the strip reaches. */
  foot: Pick<Rectangle, "left" | "width">;
}

const ASPECT = 16 / 9;

/** A strip beside a wide stage: as few columns as hold all, while its tiles are not smaller than this. Pixels. */
const COLUMN = { minWidth: 136, maxWidth: 232, maxCount: 3 };
/** Of the area's width; or all that the largest picture on the stage leaves beside it, on a phone held sideways. */
const MAX_SIDE_SHARE = 0.32;

/** A strip under an upright stage: rows of three. */
const ROW = { columns: 3, maxRows: 2, maxHeight: 120, maxShare: 0.4 };

/** A line under the strip that is not so wide takes all of the area's. Pixels. */
const MIN_FOOT_WIDTH = 210;

/**
 * A stage with the others in a strip: at its right on a wide area, under it on an upright one.
 *
 * @param footHeight what is left free under the strip
 */
export function stripLayout(count: number, area: Rectangle, gap: number, footHeight = 0): StripLayout {
  if (count === 0) return { stage: area, places: [], foot: area };
  const shorter = { ...area, height: Math.max(0, area.height - footHeight) };
  if (area.width < area.height) return bottomStrip(count, shorter, gap);
  const beside = sideStrip(count, area, gap, footHeight);
  return footHeight === 0 || beside.foot.width >= MIN_FOOT_WIDTH
    ? beside
    : { ...sideStrip(count, shorter, gap, 0), foot: area };
}

function sideStrip(count: number, whole: Rectangle, gap: number, footHeight: number): StripLayout {
  const maxWidth = Math.max(whole.width * MAX_SIDE_SHARE, whole.width - whole.height * ASPECT - gap);
  const area = { ...whole, height: Math.max(0, whole.height - footHeight) };
  const { columns, width, rows } = sideColumns(count, { width: maxWidth, height: area.height }, gap);
  const height = Math.floor(width / ASPECT);
  const stripWidth = extent(columns, width, gap);
  const shown = Math.min(count, rows * columns);
  const left = area.left + area.width - stripWidth;
  const top = area.top + (area.height - extent(Math.ceil(shown / columns), height, gap)) / 2;
  return {
    stage: { ...whole, width: Math.max(0, whole.width - stripWidth - gap) },
    foot: { left, width: stripWidth },
    places: Array.from({ length: shown }, (_, index) => ({
      left: Math.round(left + (index % columns) * (width + gap)),
      top: Math.round(top + Math.floor(index / columns) * (height + gap)),
      width,
      height,
    })),
  };
}

/** As few columns as hold all; where none do, as many as there is room for, and the rest on further pages. */
function sideColumns(count: number, strip: Pick<Rectangle, "width" | "height">, gap: number) {
  for (let columns = 1; columns <= COLUMN.maxCount; columns++) {
    const rows = Math.ceil(count / columns);
    const byHeight = ((strip.height - gap * (rows - 1)) / rows) * ASPECT;
    const byShare = (strip.width - gap * (columns - 1)) / columns;
    const width = Math.floor(Math.min(COLUMN.maxWidth, byHeight, byShare));
    if (width >= COLUMN.minWidth) return { columns, rows, width };
  }
  const fitting = (space: number, size: number) => Math.max(1, Math.floor((space + gap) / (size + gap)));
  return {
    columns: Math.min(COLUMN.maxCount, fitting(strip.width, COLUMN.minWidth)),
    rows: fitting(strip.height, COLUMN.minWidth / ASPECT),
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
    foot: area,
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
