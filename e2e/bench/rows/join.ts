import { setTimeout as delay } from "node:timers/promises";
import type { BrowserContext } from "@playwright/test";
import { timeBareCall } from "@/e2e/bench/bare-call";
import { launchBrowser, openContext } from "@/e2e/bench/browser";
import { traceJoin } from "@/e2e/bench/join-trace";
import type { BenchRun, Figure, Row } from "@/e2e/bench/row";
import { Visitor } from "@/e2e/bench/visitor";
import { drawWaterfall } from "@/e2e/bench/waterfall";
import { startAppServer } from "@/e2e/support/app-server";
import type { Topology } from "@/lib/contracts/relay";

/** Nobody clicks sooner: so long the person looks at themselves. */
const LOOK_MS = 1_500;

/** A camera gives a frame in fifty milliseconds: whether one is just missed is chance, and more than what is looked for here. */
const ROUNDS_EACH = 3;

/** From the click on `Join now` to the first frame, either way. */
export const join: Row = {
  name: "join",
  async run(bench) {
    const figures: Figure[] = [];
    for (const topology of bench.topologies) figures.push(...(await measure(bench, topology)));
    return {
      title: "Joining",
      method:
        "Two tabs of one browser. One is in the call, and has been for some seconds: all of its code is there. The other types " +
        "their name, looks at themselves and clicks `Join now`. Until the other's first frame is shown in each " +
        "(`requestVideoFrameCallback`). Floor: two bare `RTCPeerConnection`s between the same two " +
        "tabs, made at the click and signalled by a `BroadcastChannel`, with the same camera and microphone. Nothing is asked of " +
        `either tab between the click and the frame. ${ROUNDS_EACH * bench.repetitions} joins.`,
      figures,
      notes: [],
      drawing: {
        caption:
          `What waits for what, in one join (${bench.topologies[0]}): milliseconds from the click, when each step began and ended, in both tabs. ` +
          "To trace takes time of its own: this one is not among the figures above.",
        text: await trace(bench.topologies[0] ?? "direct"),
      },
    };
  },
};

/** The first joins find nothing compiled: the one that is drawn is this one. */
const TRACED_ROUND = 3;

async function trace(topology: Topology): Promise<string> {
  return withCall(topology, async (context) => {
    await context.addInitScript(traceJoin);
    const [first, second] = [await Visitor.open(context, "FIRST"), await Visitor.open(context, "SECOND")];
    for (let round = 1; ; round++) {
      await meet(first, second, `TRACE-${round}`);
      if (round === TRACED_ROUND) break;
      await Promise.all([first.leave(), second.leave()]);
    }
    const lanes = await Promise.all(
      [first, second].map(async ({ page, name }) => ({
        tab: name,
        steps: await page.evaluate(() => window.joinTrace),
      })),
    );
    return drawWaterfall(lanes, await second.clickedAt());
  });
}

/** An app and a browser for as long as something is done with them. */
async function withCall<Result>(
  topology: Topology,
  work: (context: BrowserContext, url: string) => Promise<Result>,
): Promise<Result> {
  const app = await startAppServer({ env: { EMBEDDED_TOPOLOGY: topology, RELAY_PORT: "0", RATE_LIMITS: "off" } });
  const browser = await launchBrowser();
  try {
    return await work(await openContext(browser, app.url), app.url);
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** One is in the call and the other comes. @returns milliseconds from the click to either's first frame */
async function meet(first: Visitor, second: Visitor, room: string): Promise<{ sees: number; seen: number }> {
  await first.arrive(room);
  await first.join();
  await first.rest();
  await second.arrive(room);
  await delay(LOOK_MS);
  const frames = Promise.all([first.firstFrames(1), second.firstFrames(1)]);
  await Promise.all([second.clickJoin(), frames]);
  const [[seenAt = 0], [seesAt = 0]] = await frames;
  const clickedAt = await second.clickedAt();
  return { sees: seesAt - clickedAt, seen: seenAt - clickedAt };
}

async function measure(bench: BenchRun, topology: Topology): Promise<Figure[]> {
  const [sees, seen, bareSees, bareSeen]: [number[], number[], number[], number[]] = [[], [], [], []];
  await withCall(topology, async (context, url) => {
    const [first, second] = [await Visitor.open(context, "FIRST"), await Visitor.open(context, "SECOND")];
    // One round more than is counted: the first finds nothing in any cache, and nothing compiled.
    for (let round = 0; round <= ROUNDS_EACH * bench.repetitions; round++) {
      const bare = await timeBareCall(first.page, second.page, url);
      const call = await meet(first, second, `JOIN-${round}`);
      await Promise.all([first.leave(), second.leave()]);
      bench.say(
        `${topology} ${round}: sees ${call.sees.toFixed(0)}, is seen ${call.seen.toFixed(0)}; bare ${bare.sees.toFixed(0)}, ${bare.seen.toFixed(0)} ms`,
      );
      if (round === 0) continue;
      sees.push(call.sees);
      seen.push(call.seen);
      bareSees.push(bare.sees);
      bareSeen.push(bare.seen);
    }
  });
  const toReach = "≤ 1.5 × the floor";
  return [
    { what: `${topology}: click → they are seen`, unit: "ms", app: sees, floor: bareSees, toReach },
    { what: `${topology}: click → they see me`, unit: "ms", app: seen, floor: bareSeen, toReach },
  ];
}
