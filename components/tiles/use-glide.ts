import { useLayoutEffect, useRef } from "react";
import { useCallSession } from "@/components/room/call-context";
import type { Rectangle } from "@/lib/call/layout/rectangle";

const GLIDE_MS = 200;

/**
 * Lets an element glide to its next place and size. It has both at once, and looks for a moment as where it was: a
 * transform alone is animated, which costs no layout and keeps pace on a busy machine.
 */
export function useGlide(element: { readonly current: HTMLElement | null }, place: Rectangle | undefined): void {
  const { view } = useCallSession();
  const before = useRef<Rectangle | undefined>(undefined);
  useLayoutEffect(() => {
    const from = before.current;
    before.current = place;
    if (!(from && place?.width && element.current) || isSame(from, place)) return;
    if (!view.store.getState().isGliding || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const scale = `scale(${from.width / place.width}, ${from.height / place.height})`;
    // From there to what its style says.
    element.current.animate([{ transform: `translate(${from.left}px, ${from.top}px) ${scale}` }, {}], {
      duration: GLIDE_MS,
      easing: "ease",
    });
  }, [element, place, view]);
}

function isSame(one: Rectangle, other: Rectangle): boolean {
  return one.left === other.left && one.top === other.top && one.width === other.width && one.height === other.height;
}
