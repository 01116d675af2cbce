import { type ReactNode, useRef } from "react";
import { useView } from "@/components/room/call-context";
import type { Place } from "@/lib/call/layout/arrangement";
import type { TileId } from "@/lib/call/layout/tile-id";
import { useDragToCorner } from "./use-drag-to-corner";
import { useGlide } from "./use-glide";

interface TilePlaceProps {
  id: TileId;
  children: ReactNode;
}

/** Where a tile is. Goes to its next place with the same elements in it. */
export function TilePlace({ id, children }: TilePlaceProps) {
  const tile = useRef<HTMLLIElement>(null);
  const place = useView((state) => state.places.get(id));
  const isFeatured = useView((state) => state.featured === id);
  const drag = useDragToCorner();
  useGlide(tile, place);
  if (!place) return null;
  const isFloating = place.role === "corner";
  return (
    <li
      ref={tile}
      data-place={place.role}
      data-featured={isFeatured}
      className={`group absolute top-0 left-0 origin-top-left motion-safe:transition-[translate] motion-safe:duration-200 ${isFloating ? "z-10 cursor-grab touch-none rounded-2xl shadow-lg shadow-black/50 active:cursor-grabbing" : ""}`}
      style={styleOf(place)}
      // A finger's touch focuses it, and so shows what can be done with it.
      {...(isFloating ? { ...drag, tabIndex: -1 } : {})}
    >
      {children}
    </li>
  );
}

function styleOf({ left, top, width, height }: Place) {
  return { width, height, transform: `translate(${left}px, ${top}px)` };
}
