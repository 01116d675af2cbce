import { type TouchEvent, useEffect, useRef } from "react";
import { useShallow } from "zustand/react/shallow";
import { useCall, useCallSession, useView } from "@/components/room/call-context";
import { tileIdsOf } from "@/lib/call/layout/tile-id";
import { NobodyToSee } from "./nobody-to-see";
import { Pager } from "./pager";
import { Tile } from "./tile";
import { TileActions } from "./tile-actions";
import { TilePlace } from "./tile-place";

/** A finger that moves so far sideways turns the page. Pixels. */
const SWIPE_PX = 60;

/**
 * Everyone's tiles, each where the view says. They stay in the order of their coming in the document and are only placed
 * elsewhere: a video that is moved in the document starts anew.
 */
export function TileStage() {
  const { view } = useCallSession();
  const places = useView((state) => state.places);
  const ids = useCall(useShallow((state) => tileIdsOf(state).filter((id) => places.has(id))));
  const area = useRef<HTMLDivElement>(null);
  const touchedAt = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    if (!area.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) view.setArea(entry.contentRect.width, entry.contentRect.height);
    });
    observer.observe(area.current);
    return () => observer.disconnect();
  }, [view]);

  const onTouchStart = ({ touches }: TouchEvent) => {
    const touch = touches.item(0);
    touchedAt.current = touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
  };
  const onTouchEnd = ({ changedTouches }: TouchEvent) => {
    const touch = changedTouches.item(0);
    if (!touchedAt.current) return;
    const right = touch.clientX - touchedAt.current.x;
    const down = touch.clientY - touchedAt.current.y;
    touchedAt.current = null;
    if (Math.abs(right) < SWIPE_PX || Math.abs(right) < 2 * Math.abs(down)) return;
    view.showPage(view.store.getState().page + (right < 0 ? 1 : -1));
  };

  return (
    <div
      ref={area}
      className="relative size-full touch-pan-y touch-pinch-zoom"
      onTouchStart={onTouchStart}
      onTouchEnd={onTouchEnd}
    >
      <ul aria-label="Everyone in the call">
        {ids.map((id) => (
          <TilePlace key={id} id={id}>
            <Tile id={id} />
            <TileActions id={id} />
          </TilePlace>
        ))}
      </ul>
      <NobodyToSee />
      <Pager />
    </div>
  );
}
