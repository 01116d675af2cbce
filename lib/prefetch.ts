import { listen } from "./listen";

/** A page that has loaded may still be at work; and whoever types is there for longer than this. Milliseconds. */
const AFTER_LOAD_MS = 2500;

declare global {
  interface Navigator {
    /** WICG Network Information; Chromium alone says it. */
    readonly connection?: { readonly saveData: boolean };
  }
}

/**
 * Has the browser fetch scripts for a later page, without running them, once this one has loaded and has nothing else to do.
 * Not where the person has asked their browser to save data.
 *
 * @returns the disposer; what is being fetched goes on
 */
export function prefetchWhenIdle(urls: readonly string[]): () => void {
  if (navigator.connection?.saveData || urls.length === 0) return () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    timer = setTimeout(() => whenIdle(() => prefetch(urls)), AFTER_LOAD_MS);
  };
  const stopListening = document.readyState === "complete" ? undefined : listen(window, "load", begin);
  if (!stopListening) begin();
  return () => {
    stopListening?.();
    clearTimeout(timer);
  };
}

function whenIdle(work: () => void): void {
  // Safari has no such callback.
  if ("requestIdleCallback" in window) requestIdleCallback(work);
  else work();
}

function prefetch(urls: readonly string[]): void {
  for (const url of urls) {
    const link = document.createElement("link");
    link.rel = "prefetch";
    link.as = "script";
    link.href = url;
    document.head.append(link);
  }
}
