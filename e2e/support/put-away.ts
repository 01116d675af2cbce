import type { Page } from "@playwright/test";

/** Has the page think that its tab was put away, or is looked at again: browsers under test show all of theirs at once. */
export function putAway(page: Page, isAway: boolean): Promise<void> {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (hidden ? "hidden" : "visible"),
    });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isAway);
}
