import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { ROHIT } from "./support/persona";

/** The scripts that a page runs, by the word of Chromium's debugger; more are added as it runs them. */
async function watchRun(page: Page): Promise<Set<string>> {
  const paths = new Set<string>();
  const session = await page.context().newCDPSession(page);
  session.on("Debugger.scriptParsed", ({ url }) => {
    if (URL.canParse(url) && url.endsWith(".js")) paths.add(new URL(url).pathname);
  });
  await session.send("Debugger.enable");
  return paths;
}

/** What a page has asked its browser to fetch for a later one. */
function asked(page: Page): Promise<string[]> {
  return page
    .locator("link[rel=prefetch]")
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLLinkElement).href).pathname).sort());
}

interface Loaded {
  path: string;
  isPrefetch: boolean;
  /** On the wire; 0 from the cache. */
  bytes: number;
}

/** What has been loaded, once for each time that it was. */
function loaded(page: Page): Promise<Loaded[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .map(({ name, initiatorType, transferSize }) => ({
        path: new URL(name).pathname,
        isPrefetch: initiatorType === "link",
        bytes: transferSize,
      })),
  );
}

test("the lobby fetches what a room runs, and runs none of it; the room finds all of it in the cache", async ({
  open,
  room,
}) => {
  const { page, name } = await open(ROHIT);
  const run = await watchRun(page);
  await page.goto("/");
  await expect.poll(async () => (await asked(page)).length).toBeGreaterThan(0);
  const ahead = await asked(page);
  const isFetchedAhead = ({ path, isPrefetch, bytes }: Loaded) => isPrefetch && bytes > 0 && ahead.includes(path);
  await expect.poll(async () => (await loaded(page)).filter(isFetchedAhead).length).toBe(ahead.length);
  const ofLobby = new Set(run);
  expect(ahead.filter((path) => ofLobby.has(path))).toEqual([]);

  // What the room brings by itself once it is idle is more than it needs to be seen.
  await page.evaluate(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.getByRole("textbox", { name: "Room" }).fill(room);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(page.getByRole("button", { name: "Join now" })).toBeVisible();
  const ofRoom = [...run].filter((path) => !ofLobby.has(path)).sort();
  expect(ofRoom).toEqual(ahead);
  const again = (await loaded(page)).filter(({ path, isPrefetch }) => !isPrefetch && ofRoom.includes(path));
  expect(again.map(({ path }) => path).sort()).toEqual(ofRoom);
  expect(again.filter(({ bytes }) => bytes > 0)).toEqual([]);
});

test("the lobby fetches nothing ahead for who saves data", async ({ open }) => {
  const { page } = await open(ROHIT, {
    prepare: async (opened) => {
      await opened.addInitScript(() => {
        Object.defineProperty(navigator, "connection", { value: { saveData: true } });
      });
    },
  });
  await page.clock.install();
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Join", exact: true })).toBeEnabled();
  // Longer than any lobby waits.
  await page.clock.runFor(60_000);
  expect(await asked(page)).toEqual([]);
});
