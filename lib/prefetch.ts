import { whenPageIdle } from "./when-idle";

declare global {
  interface Navigator {
    /** WICG Network Information; Chromium alone says it. */
    readonly connection?: { readonly saveData: boolean };
  }
}

/**
 * Has the browser fetch scripts for a later page, without running them, once this one has nothing else to do. Not where the person
 * has asked their browser to save data.
 *
 * @returns the disposer; what is being fetched goes on
 */
export function prefetchWhenIdle(urls: readonly string[]): () => void {
  if (navigator.connection?.saveData) return () => undefined;
  return whenPageIdle(() => {
    for (const url of urls) if (!isLoaded(url)) prefetch(url);
  });
}

/** Two pages of one app have scripts in common. */
function isLoaded(url: string): boolean {
  return performance.getEntriesByName(new URL(url, window.location.href).href).length > 0;
}

function prefetch(url: string): void {
  const link = document.createElement("link");
  link.rel = "prefetch";
  link.as = "script";
  link.href = url;
  document.head.append(link);
}
