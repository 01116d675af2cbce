import { listen } from "./listen";

/** A page that has loaded, or a call that has begun, may still be at work. Milliseconds. */
const AFTER_LOAD_MS = 2500;

/** Does something when the browser has nothing else to do. @returns the disposer */
export function whenIdle(work: () => void): () => void {
  // Safari has no such callback.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(work);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work);
  return () => cancelIdleCallback(handle);
}

/**
 * Does something that can wait for all that a page is opened for: when it has loaded, some time has passed, and the browser has
 * nothing else to do.
 *
 * @returns the disposer
 */
export function whenPageIdle(work: () => void): () => void {
  const stops: Array<() => void> = [];
  const wait = () => {
    const timer = setTimeout(() => stops.push(whenIdle(work)), AFTER_LOAD_MS);
    stops.push(() => clearTimeout(timer));
  };
  if (document.readyState === "complete") wait();
  else stops.push(listen(window, "load", wait));
  return () => {
    for (const stop of stops) stop();
  };
}
