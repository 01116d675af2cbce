import type { Place } from "./arrangement";
import type { TileId } from "./tile-id";

type Places = ReadonlyMap<TileId, Place>;

/** The new places, as the same objects where nothing has moved: what has not moved is not drawn again. */
export function steadyPlaces(before: Places, now: Places): Places {
  const places = new Map([...now].map(([id, place]) => [id, steadyPlace(before.get(id), place)]));
  const isSame = places.size === before.size && [...places].every(([id, place]) => before.get(id) === place);
  return isSame ? before : places;
}

function steadyPlace(before: Place | undefined, now: Place): Place {
  const isSame =
    before?.role === now.role &&
    before.left === now.left &&
    before.top === now.top &&
    before.width === now.width &&
    before.height === now.height;
  return isSame ? before : now;
}
