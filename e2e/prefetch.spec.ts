import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { ROHIT } from "./support/persona";

/** Longer than the lobby waits after its load, by a clock that runs as fast as it is told to. Milliseconds. */
const IDLE_MS = 60_000;

interface LoadedScript {
  path: string;
  /** `script`: it is run. `link`: it is only fetched. */
  initiatorType: string;
  /** 0 when it was in the cache. */
  transferSize: number;
}

function loadedScripts(page: Page): Promise<LoadedScript[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .map(({ name, initiatorType, transferSize }) => ({ path: new URL(name).pathname, initiatorType, transferSize }))
      .filter(({ path }) => path.endsWith(".js")),
  );
}

/** What was fetched for a later page: of all that a lobby loads, what its own scripts asked for by a link. */
function prefetched(page: Page): Promise<string[]> {
  return page
    .locator("link[rel=prefetch]")
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLLinkElement).href).pathname));
}

/** Opens the lobby and lets its time pass. */
async function waitInLobby(page: Page): Promise<void> {
  await page.clock.install();
  await page.goto("/", { waitUntil: "load" });
  await expect(page.getByRole("button", { name: "Join", exact: true })).toBeEnabled();
  await page.clock.runFor(IDLE_MS);
}

test("the lobby fetches the call's scripts once it is idle and runs none; the room has them from the cache", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  // By the page's own clock: one that a test sets has no entries of what was loaded.
  await rohit.page.goto("/");
  await expect.poll(async () => (await prefetched(rohit.page)).length).toBeGreaterThan(0);
  const ahead = await prefetched(rohit.page);
  const isAhead = ({ path }: LoadedScript) => ahead.includes(path);
  await expect.poll(async () => (await loadedScripts(rohit.page)).filter(isAhead).length).toBe(ahead.length);
  expect(
    (await loadedScripts(rohit.page)).filter((script) => isAhead(script) && script.initiatorType === "script"),
  ).toEqual([]);

  await rohit.page.getByRole("textbox", { name: "Room" }).fill(room);
  await rohit.page.getByRole("textbox", { name: "Name" }).fill(rohit.name);
  await rohit.page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(rohit.page.getByRole("button", { name: "Join now" })).toBeVisible();
  const run = (await loadedScripts(rohit.page)).filter(({ initiatorType }) => initiatorType === "script");
  expect(
    run
      .filter(isAhead)
      .map(({ path }) => path)
      .sort(),
  ).toEqual([...ahead].sort());
  expect(run.filter(isAhead).filter(({ transferSize }) => transferSize > 0)).toEqual([]);
});

test("the lobby fetches nothing ahead for who saves data", async ({ open }) => {
  const rohit = await open(ROHIT, {
    prepare: async (page) => {
      await page.addInitScript(() => {
        Object.defineProperty(navigator, "connection", { value: { saveData: true } });
      });
    },
  });
  await waitInLobby(rohit.page);
  expect(await prefetched(rohit.page)).toEqual([]);
});
