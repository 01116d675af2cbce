import { setTimeout as delay } from "node:timers/promises";
import { type Browser, errors } from "@playwright/test";
import { launchBrowser, openContext, processOf } from "@/e2e/bench/browser";
import { cpuSecondsOf, nextServerIn, residentBytesOf, treeOf } from "@/e2e/bench/processes";
import { filmSmall, readTiles, receivedBetween, type TileReading } from "@/e2e/bench/received-media";
import type { BenchRun, Figure, Row } from "@/e2e/bench/row";
import { Visitor } from "@/e2e/bench/visitor";
import { type AppServer, startAppServer } from "@/e2e/support/app-server";
import { recordMedia } from "@/e2e/support/persona";
import type { Topology } from "@/lib/contracts/relay";

const MOST_PEOPLE = 6;
/**
 * All of them click at once, on a machine that has two cores for all of them: for some seconds there is more to do than it can, and the
 * estimates of the network need as long to grow again to what is sent.
 */
const SETTLE_MS = 15_000;
const WINDOW_MS = 5_000;
/** Where people do not see each other by then, they will not: the machine has no more to give. */
const SEEN_TIMEOUT_MS = 30_000;

const NOTHING: TileReading = { videos: [], sounds: [] };

interface Sample {
  everyoneSeenMs: number;
  coresAPerson: number;
  coresOfServer: number;
  serverMb: number;
  worstFps: number;
  worstHeight: number;
  concealedPercent: number;
}

/** More and more people in one room, all of them on this machine. */
export const people: Row = {
  name: "people",
  async run(bench) {
    const figures: Figure[] = [];
    const notes: string[] = [];
    for (const topology of bench.topologies) {
      for (let count = 2; count <= MOST_PEOPLE; count++) {
        const what = `${topology}, ${count} people`;
        const { samples, isTooMany } = await measure(bench, topology, count);
        if (samples.length > 0) figures.push(...figuresOf(what, count, samples));
        if (isTooMany) {
          notes.push(
            `${what}: after ${SEEN_TIMEOUT_MS / 1000} s not everyone saw everyone, ${samples.length} rounds before that did.`,
          );
        }
      }
    }
    return {
      title: "People in one room",
      method:
        "A window of one browser each, and the server, on this machine: 1280 × 760, cameras of 320 × 240 at 15 frames a second. All click " +
        "`Join now` at once. " +
        `${SETTLE_MS / 1000} s after everyone has seen everyone, ${WINDOW_MS / 1000} s are measured: processor time of all processes of the browsers; of all ` +
        "tiles of others in all browsers the one with the fewest frames (`getVideoPlaybackQuality`); sound that was made up by the " +
        "receivers, of all that came (`concealedSamples`).",
      figures,
      notes,
    };
  },
};

/** @returns as many samples as there could be: `isTooMany` where people did not come to see each other */
async function measure(
  bench: BenchRun,
  topology: Topology,
  count: number,
): Promise<{ samples: Sample[]; isTooMany: boolean }> {
  const app = await startAppServer({ env: { EMBEDDED_TOPOLOGY: topology, RELAY_PORT: "0", RATE_LIMITS: "off" } });
  // One alone: to a Linux that shares its processors between sessions, each browser is as much as the whole server.
  const browser = await launchBrowser(["--use-fake-device-for-media-stream=fps=15"]);
  const samples: Sample[] = [];
  try {
    const visitors = await Promise.all(
      Array.from({ length: count }, (_, index) => openVisitor(browser, app.url, index)),
    );
    for (let round = 0; round < bench.repetitions; round++) {
      const sample = await measureCall({ app, browser, visitors, room: `PEOPLE-${count}-${round}` });
      samples.push(sample);
      bench.say(
        `${topology} ${count} people ${round}: seen after ${sample.everyoneSeenMs.toFixed(0)} ms, ${sample.coresAPerson.toFixed(2)} cores a person, ${sample.worstFps.toFixed(1)} fps at least`,
      );
    }
    return { samples, isTooMany: false };
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    bench.say(`${topology} ${count} people: ${error.message.split("\n")[0]}`);
    return { samples, isTooMany: true };
  } finally {
    await browser.close();
    await app.stop();
  }
}

async function openVisitor(browser: Browser, url: string, index: number): Promise<Visitor> {
  const context = await openContext(browser, url);
  await context.addInitScript(recordMedia);
  await context.addInitScript(filmSmall);
  return Visitor.open(context, `PERSON ${index + 1}`);
}

interface MeasuredCall {
  app: AppServer;
  browser: Browser;
  visitors: readonly Visitor[];
  room: string;
}

async function measureCall({ app, browser, visitors, room }: MeasuredCall): Promise<Sample> {
  await Promise.all(visitors.map((visitor) => visitor.arrive(room)));
  const seen = Promise.all(visitors.map((visitor) => visitor.firstFrames(visitors.length - 1, SEEN_TIMEOUT_MS)));
  await Promise.all([...visitors.map((visitor) => visitor.clickJoin()), seen]);
  const frames = await seen;
  const clicks = await Promise.all(visitors.map((visitor) => visitor.clickedAt()));
  await delay(SETTLE_MS);

  const processes = treeOf(await processOf(browser));
  const server = nextServerIn(app.pid);
  const readAll = async () => {
    const tiles = await Promise.all(visitors.map(({ page }) => readTiles(page)));
    return { tiles, atMs: performance.now(), browsers: cpuSecondsOf(processes), server: cpuSecondsOf([server]) };
  };
  const before = await readAll();
  await delay(WINDOW_MS);
  const after = await readAll();
  await Promise.all(visitors.map((visitor) => visitor.leave()));

  const seconds = (after.atMs - before.atMs) / 1000;
  const received = after.tiles.map((reading, index) => receivedBetween(before.tiles[index] ?? NOTHING, reading));
  const tiles = received.flatMap((tab) => tab.tiles);
  const sound = (part: "concealed" | "heard") => received.reduce((sum, tab) => sum + tab[part], 0);
  return {
    everyoneSeenMs: Math.max(...frames.flat()) - Math.min(...clicks),
    coresAPerson: (after.browsers - before.browsers) / seconds / visitors.length,
    coresOfServer: (after.server - before.server) / seconds,
    serverMb: residentBytesOf(server) / 1e6,
    worstFps: Math.min(...tiles.map(({ frames: shown }) => shown / seconds)),
    worstHeight: Math.min(...tiles.map(({ height }) => height)),
    concealedPercent: (100 * sound("concealed")) / sound("heard"),
  };
}

function figuresOf(what: string, count: number, samples: readonly Sample[]): Figure[] {
  const of = (part: keyof Sample) => samples.map((sample) => sample[part]);
  const cores = of("coresAPerson");
  return [
    { what: `${what}: until everyone sees everyone`, unit: "ms", app: of("everyoneSeenMs") },
    {
      what: `${what}: browsers, a person`,
      unit: "cores",
      app: cores,
      ...(count === 2 ? { toReach: "≤ 0.25 (0.5 in all)" } : {}),
    },
    {
      what: `${what}: browsers, a tile drawn`,
      unit: "cores",
      app: cores.map((one) => one / count),
      toReach: "no more than of two",
    },
    { what: `${what}: the server`, unit: "cores", app: of("coresOfServer") },
    { what: `${what}: the server, resident`, unit: "MB", app: of("serverMb") },
    { what: `${what}: the slowest tile (15 are filmed)`, unit: "fps", app: of("worstFps"), toReach: "≥ 13.5" },
    { what: `${what}: the smallest picture, its height`, unit: "px", app: of("worstHeight"), toReach: "≥ 240" },
    { what: `${what}: sound made up`, unit: "%", app: of("concealedPercent"), toReach: "< 2" },
  ];
}
