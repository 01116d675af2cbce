import { listen } from "@/lib/listen";
import { logWarning } from "@/lib/log";

/**
 * Keeps the screen from going dark while the page is seen. The browser gives the lock back whenever the page is hidden
 * (W3C Screen Wake Lock §4), so it is asked for again when it is seen again.
 *
 * @returns what lets the screen go dark again
 */
export function keepScreenAwake(): () => void {
  // Firefox before 126, and pages without HTTPS.
  if (!("wakeLock" in navigator)) return () => undefined;
  let isWanted = true;
  let lock: WakeLockSentinel | undefined;

  const release = (held: WakeLockSentinel) => {
    held.release().catch((error: unknown) => logWarning("The screen is kept awake for longer.", error));
  };
  const request = async () => {
    if (document.hidden || (lock && !lock.released)) return;
    try {
      const given = await navigator.wakeLock.request("screen");
      if (isWanted && (!lock || lock.released)) lock = given;
      else release(given);
    } catch (error) {
      // A low battery, or a browser's setting.
      logWarning("The screen may go dark.", error);
    }
  };

  const stopListening = listen(document, "visibilitychange", () => void request());
  void request();
  return () => {
    isWanted = false;
    stopListening();
    if (lock) release(lock);
  };
}
