import { useEffect, useRef, useState } from "react";
import { useCall } from "@/components/room/call-context";
import { gridLayout } from "@/lib/call/grid-layout";
import { Tile } from "./tile";

const GAP_PX = 12;

/** Everyone's tiles, as large as the space allows, in the order of their coming. */
export function TileGrid() {
  const order = useCall((state) => state.order);
  const area = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });

  useEffect(() => {
    if (!area.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(area.current);
    return () => observer.disconnect();
  }, []);

  const { columns, tileWidth, tileHeight } = gridLayout(order.length, size.width, size.height, GAP_PX);
  return (
    <div ref={area} className="flex size-full items-center justify-center">
      <ul
        aria-label="Everyone in the call"
        className="flex flex-wrap content-center justify-center"
        style={{ gap: GAP_PX, width: columns * tileWidth + (columns - 1) * GAP_PX }}
      >
        {order.map((uid) => (
          <li key={uid} style={{ width: tileWidth, height: tileHeight }}>
            <Tile uid={uid} />
          </li>
        ))}
      </ul>
    </div>
  );
}
