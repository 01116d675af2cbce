import type { Page } from "@playwright/test";

/** Says to the browser what a person says in its settings of a site; the page is told as it would be then. */
export async function setPermission(
  page: Page,
  name: "camera" | "microphone",
  setting: "granted" | "denied" | "prompt",
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send("Target.getTargetInfo");
  await session.send("Browser.setPermission", {
    permission: { name },
    setting,
    ...(targetInfo.browserContextId ? { browserContextId: targetInfo.browserContextId } : {}),
  });
  // Left open: what a session has set is taken back when it ends.
}
