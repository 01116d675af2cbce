import { type PointerEvent, useRef } from "react";
import { useCallSession } from "@/components/room/call-context";
import { nearestCorner } from "@/lib/call/layout/corner-place";

/** Less than this is a click whose hand was not quite still. Pixels. */
const DRAG_FROM_PX = 6;

interface Grip {
  x: number;
  y: number;
  isDragged: boolean;
}

/** Lets a floating tile be drawn to another corner. The tile follows the pointer by its style alone: React draws nothing. */
export function useDragToCorner() {
  const { view } = useCallSession();
  const grip = useRef<Grip | null>(null);

  const onPointerDown = ({
    currentTarget: tile,
    target,
    button,
    pointerId,
    clientX,
    clientY,
  }: PointerEvent<HTMLElement>) => {
    const isOnButton = target instanceof Element && target.closest("button") !== null;
    if (button !== 0 || isOnButton) return;
    // At once: a quick hand is out of the tile by its first move.
    tile.setPointerCapture(pointerId);
    grip.current = { x: clientX, y: clientY, isDragged: false };
  };

  const onPointerMove = ({ currentTarget: tile, clientX, clientY }: PointerEvent<HTMLElement>) => {
    if (!grip.current) return;
    const [right, down] = [clientX - grip.current.x, clientY - grip.current.y];
    if (!grip.current.isDragged && Math.hypot(right, down) < DRAG_FROM_PX) return;
    grip.current.isDragged = true;
    tile.style.transition = "none";
    tile.style.translate = `${right}px ${down}px`;
  };

  const letGo = ({ currentTarget: tile }: PointerEvent<HTMLElement>) => {
    grip.current = null;
    tile.style.removeProperty("translate");
    tile.style.removeProperty("transition");
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const area = event.currentTarget.offsetParent?.getBoundingClientRect();
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    if (grip.current?.isDragged && area) {
      view.moveSelfView(nearestCorner({ left: left + width / 2, top: top + height / 2 }, area));
    }
    letGo(event);
  };

  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: letGo };
}
