import { useEffect, useState } from "react";
import { watchComingsAndGoings } from "@/lib/call/comings-and-goings";
import { watchScreens } from "@/lib/call/screen-announcements";
import { useCallSession } from "./call-context";

/** Long enough to read a name twice, and gone before the next one comes. Milliseconds. */
const SHOWN_MS = 5000;

/**
 * Who came and who left, and who shares their screen: said by screen readers and shown for a moment. One element for both, and no toast, so that nothing
 * is said twice. Always there: a screen reader says what changes in a status, not a status that appears.
 */
export function Announcer() {
  const { store } = useCallSession();
  const [words, setWords] = useState("");

  useEffect(() => {
    const stop = [watchComingsAndGoings(store, setWords), watchScreens(store, setWords)];
    return () => {
      for (const stopOne of stop) stopOne();
    };
  }, [store]);

  // Emptied, so that the same words are said again when the same happens again.
  useEffect(() => {
    if (!words) return;
    const timer = setTimeout(() => setWords(""), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [words]);

  return (
    <p
      role="status"
      data-testid="announcer"
      className="pointer-events-none fixed top-[calc(env(safe-area-inset-top)+4.25rem)] left-[calc(env(safe-area-inset-left)+1.5rem)] z-10 max-w-[min(24rem,calc(100vw-3rem))] truncate rounded-full bg-raised text-sm shadow-lg ring-line not-empty:px-4 not-empty:py-2 not-empty:ring-1"
    >
      {words}
    </p>
  );
}
