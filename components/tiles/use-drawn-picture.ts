import { type RefCallback, useCallback } from "react";
import { useCallSession } from "@/components/room/call-context";
import type { Uid } from "@/lib/contracts/identifiers";

/**
 * Says that a person's picture is on the screen, and how large, for as long as the element is: what is not drawn is not
 * received.
 *
 * @returns the ref of the element that the picture fills
 */
export function useDrawnPicture(uid: Uid): RefCallback<HTMLElement> {
  const { pictures } = useCallSession();
  return useCallback(
    (element: HTMLElement | null) => {
      if (!element) return;
      let heightPx = Math.round(element.getBoundingClientRect().height);
      // A tile that has no size yet is not drawn.
      const draw = () => (heightPx > 0 ? pictures.draw(uid, heightPx) : undefined);
      let takeBack = draw();
      const observer = new ResizeObserver(([entry]) => {
        const nextPx = Math.round(entry?.contentRect.height ?? heightPx);
        if (nextPx === heightPx) return;
        heightPx = nextPx;
        const takeBackBefore = takeBack;
        takeBack = draw();
        takeBackBefore?.();
      });
      observer.observe(element);
      return () => {
        observer.disconnect();
        takeBack?.();
      };
    },
    [pictures, uid],
  );
}
