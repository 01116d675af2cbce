import type { Browser } from "@playwright/test";
import { launchBrowser, openContext } from "@/e2e/bench/browser";
import { startFloorServer } from "@/e2e/bench/floor-server";
import { LighthouseRunner } from "@/e2e/bench/lighthouse";
import { measureColdPage } from "@/e2e/bench/page-cost";
import type { BenchRun, Figure, Row } from "@/e2e/bench/row";
import { startAppServer } from "@/e2e/support/app-server";

/** The lobby, opened for the first time. */
export const lobby: Row = {
  name: "lobby",
  async run(bench) {
    const app = await startAppServer();
    const floor = await startFloorServer();
    const browser = await launchBrowser();
    try {
      const cost = await compareCold(bench, browser, { app: `${app.url}/`, floor: `${floor.url}/` });
      const lighthouse = await measureLighthouse(bench, app.url, floor.url);
      return {
        title: "The lobby, cold",
        method:
          "A page in a fresh profile, until `load` and two seconds without a request. Floor: an empty page of the same Next and " +
          "React, with the same configuration and `proxy.ts`.",
        figures: [
          {
            what: "script on the wire",
            unit: "KB",
            ...cost.scripts,
            comparedBy: "difference",
            toReach: "floor + 12 KB",
          },
          { what: "requests", unit: "", ...cost.requests, comparedBy: "difference" },
          { what: "other hosts asked", unit: "", app: cost.foreignHosts, toReach: "0" },
          ...lighthouse.figures,
        ],
        notes: lighthouse.notes,
      };
    } finally {
      await browser.close();
      await floor.stop();
      await app.stop();
    }
  },
};

interface ColdComparison {
  scripts: { app: number[]; floor: number[] };
  requests: { app: number[]; floor: number[] };
  foreignHosts: number[];
}

/** Two pages cold, in turn, each in a profile of its own. */
export async function compareCold(
  bench: BenchRun,
  browser: Browser,
  pages: { app: string; floor: string },
): Promise<ColdComparison> {
  const comparison: ColdComparison = {
    scripts: { app: [], floor: [] },
    requests: { app: [], floor: [] },
    foreignHosts: [],
  };
  for (let round = 0; round < bench.repetitions; round++) {
    for (const which of ["floor", "app"] as const) {
      const context = await openContext(browser, pages[which]);
      const { scriptBytes, requests, foreignHosts } = await measureColdPage(context, pages[which]);
      await context.close();
      comparison.scripts[which].push(scriptBytes / 1000);
      comparison.requests[which].push(requests);
      if (which === "app") comparison.foreignHosts.push(foreignHosts.length);
      bench.say(`${which} ${round}: ${(scriptBytes / 1000).toFixed(1)} KB of script, ${requests} requests`);
    }
  }
  return comparison;
}

/** Five are enough for a score, and each takes a while. */
const LIGHTHOUSE_REPETITIONS = 5;

async function measureLighthouse(
  bench: BenchRun,
  appUrl: string,
  floorUrl: string,
): Promise<{ figures: Figure[]; notes: string[] }> {
  const runner = LighthouseRunner.find();
  if (!runner) {
    return { figures: [], notes: ["Lighthouse's score was not measured: `LIGHTHOUSE` names no executable of it."] };
  }
  const figures: Figure[] = [];
  for (const form of ["mobile", "desktop"] as const) {
    const app: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < Math.min(LIGHTHOUSE_REPETITIONS, bench.repetitions); round++) {
      floor.push(runner.performance(floorUrl, form));
      app.push(runner.performance(appUrl, form));
      bench.say(`Lighthouse, ${form} ${round}: app ${app.at(-1)}, floor ${floor.at(-1)}`);
    }
    figures.push({
      what: `Lighthouse performance, ${form}`,
      unit: "points",
      app,
      floor,
      comparedBy: "difference",
      toReach: "within 1 of the floor",
    });
  }
  return { figures, notes: [`Lighthouse ${runner.version}.`] };
}
