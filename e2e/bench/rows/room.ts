import type { Browser } from "@playwright/test";
import { launchBrowser, openContext } from "@/e2e/bench/browser";
import { startFloorServer } from "@/e2e/bench/floor-server";
import { NetworkCount } from "@/e2e/bench/page-cost";
import type { BenchRun, Row } from "@/e2e/bench/row";
import { startAppServer } from "@/e2e/support/app-server";
import { compareCold } from "./lobby";

/** A room's page, opened for the first time by its link, and from the lobby. */
export const room: Row = {
  name: "room",
  async run(bench) {
    const app = await startAppServer();
    const floor = await startFloorServer();
    const browser = await launchBrowser();
    try {
      const cost = await compareCold(bench, browser, { app: `${app.url}/room/COLD`, floor: `${floor.url}/sdk` });
      const fromLobby = await measureFromLobby(bench, browser, app.url);
      return {
        title: "A room, cold",
        method:
          "As the lobby, with camera and microphone given at once. Floor: the empty page with one copy of agora-rtc-react on it. " +
          "From the lobby: a person stays there until it is idle, types a name and joins. What draws the call is brought when the " +
          "room's page has been idle, or the person moves.",
        figures: [
          {
            what: "script on the wire, by the link",
            unit: "KB",
            ...cost.scripts,
            comparedBy: "difference",
            toReach: "floor + 90 KB",
          },
          { what: "requests, by the link", unit: "", ...cost.requests, comparedBy: "difference" },
          { what: "other hosts asked", unit: "", app: cost.foreignHosts, toReach: "0" },
          { what: "fetched ahead by the lobby", unit: "KB", app: fromLobby.ahead },
          { what: "script on the wire after that, from the lobby", unit: "KB", app: fromLobby.after },
          { what: "what draws the call, brought before the click", unit: "KB", app: fromLobby.later },
        ],
        notes: [],
      };
    } finally {
      await browser.close();
      await floor.stop();
      await app.stop();
    }
  },
};

async function measureFromLobby(
  bench: BenchRun,
  browser: Browser,
  url: string,
): Promise<{ ahead: number[]; after: number[]; later: number[] }> {
  const [ahead, after, later]: [number[], number[], number[]] = [[], [], []];
  const { host } = new URL(url);
  for (let round = 0; round < bench.repetitions; round++) {
    const context = await openContext(browser, url);
    const page = await context.newPage();
    const count = await NetworkCount.of(page);
    await page.goto("/", { waitUntil: "load" });
    await count.untilIdle();
    // What the lobby fetches ahead begins when it is idle.
    await count.untilIdleAgain();
    ahead.push(count.costFor(host).prefetchedBytes / 1000);
    count.reset();
    await page.getByRole("textbox", { name: "Room" }).fill("COLD");
    await page.getByRole("textbox", { name: "Name" }).fill("SOMEONE");
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await page.getByRole("button", { name: "Join now" }).waitFor();
    await count.untilIdle();
    after.push(count.costFor(host).scriptBytes / 1000);
    count.reset();
    await count.untilIdleAgain();
    later.push(count.costFor(host).scriptBytes / 1000);
    const [kbAhead, kbAfter, kbLater] = [ahead, after, later].map((kilobytes) => kilobytes.at(-1)?.toFixed(1));
    bench.say(`from the lobby ${round}: ${kbAhead} KB ahead, ${kbAfter} KB after, ${kbLater} KB later`);
    await context.close();
  }
  return { ahead, after, later };
}
