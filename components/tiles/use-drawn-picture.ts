import { type RefCallback, useCallback } from "react";
import { useCallSession } from "@/components/room/call-context";
import type { Uid } from "@/lib/contracts/identifiers";

/**
 * Says that a person's picture is on the screen, and how large, for as long as the element is and its page is looked at: what is
 * not drawn is not received.
 *
 * @returns the ref of the element that the picture fills
 */
export function useDrawnPicture(uid: Uid): RefCallback<HTMLElement> {
  const { pictures } = useCallSession();
  return useCallback(
    (element: HTMLElement | null) => {
      if (!element) return;
      // Of the window that the tile is in: the one that floats above other programs is seen while the call's tab is not.
      const page = element.ownerDocument;
      let heightPx = Math.round(element.getBoundingClientRect().height);
      let takeBack: (() => void) | undefined;
      const draw = () => {
        const takeBackBefore = takeBack;
        // A tile that has no size yet is not drawn.
        takeBack = heightPx > 0 && isSeen(page) ? pictures.draw(uid, heightPx) : undefined;
        takeBackBefore?.();
      };
      draw();
      const observer = new ResizeObserver(([entry]) => {
        const nextPx = Math.round(entry?.contentRect.height ?? heightPx);
        if (nextPx === heightPx) return;
        heightPx = nextPx;
        draw();
      });
      observer.observe(element);
      for (const event of SEEN_EVENTS) page.addEventListener(event, draw);
      return () => {
        observer.disconnect();
        for (const event of SEEN_EVENTS) page.removeEventListener(event, draw);
        takeBack?.();
      };
    },
    [pictures, uid],
  );
}

const SEEN_EVENTS = ["visibilitychange", "enterpictureinpicture", "leavepictureinpicture"];

/** A video that floats above other programs goes on when its tab is put away. */
function isSeen(page: Document): boolean {
  return !page.hidden || page.pictureInPictureElement !== null;
}
