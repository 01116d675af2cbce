import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { chromiumLaunchOptions } from "@/e2e/support/chromium";

export function launchBrowser(extraArgs: readonly string[] = []): Promise<Browser> {
  const options = chromiumLaunchOptions();
  return chromium.launch({ ...options, args: [...options.args, ...extraArgs] });
}

/** A profile of its own, with nothing in any cache and every device granted. */
export async function openContext(browser: Browser, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL,
    permissions: ["camera", "microphone"],
    viewport: { width: 1280, height: 760 },
  });
  // tsx has functions keep their names by a helper, which those that are sent to a page would look for there.
  await context.addInitScript("globalThis.__name ??= (named) => named;");
  return context;
}

/**
 * A page in a window of its own. Two tabs of one window are never both drawn: the one behind shows its frames late, however
 * visible the browser says that it is.
 */
export async function openWindow(context: BrowserContext): Promise<Page> {
  const [opener] = context.pages();
  if (!opener) return context.newPage();
  const opened = context.waitForEvent("page");
  await opener.evaluate(() => window.open("about:blank", "_blank", "popup,noopener,width=1280,height=760"));
  return opened;
}

/** The pid of a browser's first process: all others are below it. */
export async function processOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const first = processInfo.find(({ type }) => type === "browser");
  if (!first) throw new Error("The browser names no process of its own.");
  return first.id;
}
