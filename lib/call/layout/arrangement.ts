import { type Corner, cornerPlace } from "./corner-place";
import { gridCapacity, gridPlaces } from "./grid-layout";
import type { Rectangle } from "./rectangle";
import { stripLayout } from "./strip-layout";
import { partsOf, type TileId } from "./tile-id";

/** `grid`: all alike. `speaker`: one large, `side-by-side`: two large, and the others in a strip. */
export const LAYOUTS = ["grid", "speaker", "side-by-side"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Where this person sees themselves. `auto`: in a corner with one other person, in a tile with more. */
export const SELF_VIEWS = ["auto", "tile", "corner", "hidden"] as const;
export type SelfView = (typeof SELF_VIEWS)[number];

const GAP_PX = 12;

/** Two on the stage share it as halves of a screen do, more upright than tiles of a grid. */
const MIN_STAGE_ASPECT = 0.75;

/** What the line with the pages' buttons takes of the area. */
const PAGER_PX = 44;

export interface ArrangementInput {
  layout: Layout;
  selfView: SelfView;
  corner: Corner;
  /** Everyone else, in their steady order, after the screens that are shared. */
  others: readonly TileId[];
  /** This person's own tile; `null` before there is one. */
  self: TileId | null;
  pinned: TileId | null;
  /** Whether a screen is shared that is to be looked at. */
  isShared: boolean;
  /** What the stage shows, in its steady order; the first of them, where it shows one. */
  stage: readonly TileId[];
  /** From 0; brought within the pages that there are. */
  page: number;
  width: number;
  height: number;
}

export interface Place extends Rectangle {
  role: "grid" | "stage" | "strip" | "corner";
}

export interface Arrangement {
  /** Of the tiles that are drawn; the others are on another page, or hidden. */
  places: ReadonlyMap<TileId, Place>;
  /** What is on the first page, the stage and the corner aside: what is spoken there is seen. */
  front: readonly TileId[];
  page: number;
  pages: number;
  /** From where to where the line of the pages' buttons reaches, at the end of the area. */
  pager: Pick<Rectangle, "left" | "width">;
}

/** Who is where on the call's picture. */
export function arrange(input: ArrangementInput): Arrangement {
  const arrangement = fill(input, 0);
  // The pages' buttons take room themselves: with them there may be more pages.
  return arrangement.pages === 1 ? arrangement : fill(input, PAGER_PX);
}

function fill(input: ArrangementInput, pagerPx: number): Arrangement {
  const { width, height, page } = input;
  const area = { left: 0, top: 0, width, height };
  const { self, corner } = input;
  const where = selfPlaceOf(input);
  const tiles = self && where === "tile" ? [self, ...input.others] : input.others;
  const stage = stageOf(input, tiles);
  const arrangement =
    stage.length > 0
      ? onStage(tiles, stage, { area, pagerPx, page })
      : inGrid(tiles, { ...area, height: Math.max(0, height - pagerPx) }, page);
  if (!self || where !== "corner") return arrangement;
  const over = boundsOf([...arrangement.places.values()].filter(({ role }) => role !== "strip"));
  const places = new Map(arrangement.places).set(self, { ...cornerPlace(corner, over), role: "corner" });
  return { ...arrangement, places };
}

/** How many tiles are large: a pin makes a stage of the grid, and so does a screen, as a pin that nobody made. */
export function stageSize({
  layout,
  pinned,
  isShared,
}: Pick<ArrangementInput, "layout" | "pinned" | "isShared">): number {
  switch (layout) {
    case "grid":
      return pinned || isShared ? 1 : 0;
    case "speaker":
      return 1;
    case "side-by-side":
      return 2;
    default:
      return layout satisfies never;
  }
}

/** Who is pinned is in a tile, whatever was chosen, and so is who is alone: in a corner of what? */
function selfPlaceOf({ layout, selfView, self, others, pinned }: ArrangementInput): Exclude<SelfView, "auto"> {
  if (selfView === "hidden") return "hidden";
  if (others.length === 0 || (self && pinned === self)) return "tile";
  if (selfView !== "auto") return selfView;
  const isWithOnePerson = others.length === 1 && others.every((id) => partsOf(id).kind === "camera");
  return isWithOnePerson && layout !== "side-by-side" ? "corner" : "tile";
}

function stageOf(input: ArrangementInput, tiles: readonly TileId[]): TileId[] {
  const size = stageSize(input);
  const onStage = input.stage.filter((id) => tiles.includes(id)).slice(0, size);
  // Nobody is left for a strip: they all are large, in a grid.
  return onStage.length < tiles.length ? onStage : [];
}

function inGrid(tiles: readonly TileId[], area: Rectangle, wanted: number): Arrangement {
  const capacity = gridCapacity(area.width, area.height, GAP_PX);
  const { page, pages, shown } = pageOf(tiles, capacity, wanted);
  const places = withRole("grid", shown, gridPlaces(shown.length, area, GAP_PX));
  return { places: new Map(places), front: tiles.slice(0, capacity), page, pages, pager: area };
}

function onStage(
  tiles: readonly TileId[],
  stage: readonly TileId[],
  wanted: { area: Rectangle; pagerPx: number; page: number },
): Arrangement {
  const others = tiles.filter((id) => !stage.includes(id));
  const strip = stripLayout(others.length, wanted.area, GAP_PX, wanted.pagerPx);
  const capacity = Math.max(1, strip.places.length);
  const { page, pages, shown } = pageOf(others, capacity, wanted.page);
  const places = new Map([
    ...withRole("stage", stage, stagePlaces(stage.length, strip.stage)),
    ...withRole("strip", shown, strip.places),
  ]);
  return { places, front: others.slice(0, capacity), page, pages, pager: strip.foot };
}

function stagePlaces(count: number, area: Rectangle): Rectangle[] {
  return count === 1 ? gridPlaces(count, area, GAP_PX) : gridPlaces(count, area, GAP_PX, MIN_STAGE_ASPECT);
}

function pageOf(tiles: readonly TileId[], capacity: number, wanted: number) {
  const pages = Math.max(1, Math.ceil(tiles.length / capacity));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return { page, pages, shown: tiles.slice(page * capacity, (page + 1) * capacity) };
}

function withRole(
  role: Place["role"],
  tiles: readonly TileId[],
  rectangles: readonly Rectangle[],
): Array<[TileId, Place]> {
  return tiles.flatMap((id, index) => {
    const rectangle = rectangles[index];
    return rectangle ? [[id, { ...rectangle, role }] satisfies [TileId, Place]] : [];
  });
}

function boundsOf(rectangles: readonly Rectangle[]): Rectangle {
  const left = Math.min(...rectangles.map((one) => one.left));
  const top = Math.min(...rectangles.map((one) => one.top));
  const right = Math.max(...rectangles.map((one) => one.left + one.width));
  const bottom = Math.max(...rectangles.map((one) => one.top + one.height));
  return { left, top, width: right - left, height: bottom - top };
}
