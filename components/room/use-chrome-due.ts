import { type RefObject, useEffect, useState } from "react";
import { useCallSession } from "./call-context";

/** Nobody reaches for a button sooner. */
const AT_LATEST_MS = 250;

/**
 * Whether what is around the pictures, the header and the controls, is to be drawn. It takes a page as long as the pictures do, so in a call
 * that others are in it comes a moment after the first of theirs, in the place that is kept for it.
 *
 * @param call what the pictures are in
 */
export function useChromeDue(call: RefObject<HTMLElement | null>): boolean {
  const { store } = useCallSession();
  const [isDue, setDue] = useState(() => {
    const { phase, order } = store.getState();
    // Where the call is only rehearsed all of it is.
    return phase !== "joined" || order.length < 2;
  });
  useEffect(() => {
    const element = call.current;
    if (isDue || !element) return;
    let frame = 0;
    const draw = () => setDue(true);
    const timer = setTimeout(draw, AT_LATEST_MS);
    const note = ({ target }: Event) => {
      const isOther = target instanceof Element && target.closest('[data-local="false"]') !== null;
      // After it has been shown.
      if (isOther) frame = requestAnimationFrame(draw);
    };
    element.addEventListener("loadeddata", note, { capture: true });
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      element.removeEventListener("loadeddata", note, { capture: true });
    };
  }, [call, isDue]);
  return isDue;
}
