import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import { launchBrowser, openContext, processOf } from "@/e2e/bench/browser";
import { cpuSecondsOf, treeOf } from "@/e2e/bench/processes";
import type { BenchRun, Figure, Row } from "@/e2e/bench/row";
import { readSent, type SentRates, sentBetween } from "@/e2e/bench/sent-media";
import { Visitor } from "@/e2e/bench/visitor";
import { startAppServer } from "@/e2e/support/app-server";
import { recordMedia } from "@/e2e/support/persona";
import { putAway } from "@/e2e/support/put-away";
import type { Topology } from "@/lib/contracts/relay";

const WINDOW_MS = 3_000;
/** Until a picture that grows is whole again, by the browser's own estimate of the line. */
const GROW_MS = 6_000;
/** The relay calls off a size when nobody has wanted it for four seconds. */
const SHRINK_MS = { direct: 3_000, relay: 8_000 };
/** Two steps and more, each after four seconds. */
const ADAPT_MS = 13_000;

const LARGE = { width: 1280, height: 760 };
const SMALL = { width: 320, height: 240 };

/** So few that what is encoded here is too much for them, and less is not: a single encoder takes some five percent of one, three some seventeen. */
const PROCESSORS: Record<Way, number> = { direct: 0.2, relay: 0.1 };

type Way = Exclude<Topology, "auto">;
type Sample = SentRates & { cores: number };

/** What one person sends to those who look at it, and to those who do not. */
export const sending: Row = {
  name: "sending",
  async run(bench) {
    const figures: Figure[] = [];
    for (const topology of ["direct", "relay"] as const) figures.push(...(await measureWay(bench, topology)));
    return {
      title: "Only what is looked at",
      method:
        "One person films (640 × 360, 24 frames a second), others watch with their cameras off: windows of 1280 × 760 of one browser. What the one sends of " +
        "their picture, the time their encoders take (100 % is one that never rests), and all of the browsers' processor time, in five cases one after " +
        `another, ${WINDOW_MS / 1000} s each, when they have settled: one watches; in a window of 320 × 240; in a tab that is put away; three watch; three watch, and the ` +
        "one's browser is told that its machine has a tenth or two of a processor. What a line bears is measured elsewhere, in a network of its own: " +
        "[the relay under stress](relay-under-stress.md).",
      figures,
      notes: [],
    };
  },
};

async function measureWay(bench: BenchRun, topology: Way): Promise<Figure[]> {
  const app = await startAppServer({ env: { EMBEDDED_TOPOLOGY: topology, RELAY_PORT: "0", RATE_LIMITS: "off" } });
  const browser = await launchBrowser(["--use-fake-device-for-media-stream=fps=24"]);
  const samples = new Map<string, Sample[]>();
  try {
    const sender = await openVisitor(browser, app.url, "SENDER");
    const viewers = await Promise.all(["ONE", "TWO", "THREE"].map((name) => openVisitor(browser, app.url, name)));
    for (let round = 0; round < bench.repetitions; round++) {
      const call = new MeasuredCall(browser, sender, viewers);
      for (const [what, sample] of await call.measure(`SENDING-${round}`, topology)) {
        samples.set(what, [...(samples.get(what) ?? []), sample]);
        const { kilobits, frames, height, encodingPercent, cores } = sample;
        bench.say(
          `${topology} ${round}, ${what}: ${kilobits.toFixed(0)} kbit/s, ${frames.toFixed(1)} fps of ${height}, encoding ${encodingPercent.toFixed(1)} %, ${cores.toFixed(2)} cores`,
        );
      }
    }
  } finally {
    await browser.close();
    await app.stop();
  }
  return [...samples].flatMap(([what, taken]) => figuresOf(`${topology}, ${what}`, taken));
}

async function openVisitor(browser: Browser, url: string, name: string): Promise<Visitor> {
  const context = await openContext(browser, url);
  await context.addInitScript(recordMedia);
  return Visitor.open(context, name);
}

/** One round: everyone comes, is looked at, and goes. */
class MeasuredCall {
  readonly #browser: Browser;
  readonly #sender: Visitor;
  readonly #viewers: readonly Visitor[];

  constructor(browser: Browser, sender: Visitor, viewers: readonly Visitor[]) {
    this.#browser = browser;
    this.#sender = sender;
    this.#viewers = viewers;
  }

  async measure(room: string, topology: Way): Promise<Map<string, Sample>> {
    const [first, ...others] = this.#viewers;
    if (!first) throw new Error("Nobody watches.");
    const samples = new Map<string, Sample>();
    const note = async (what: string, settleMs: number) => {
      await delay(settleMs);
      samples.set(what, await this.#sample());
    };
    await this.#sender.arrive(room);
    await this.#sender.join();
    await watch(first, room);
    await note("one watches", GROW_MS);
    await first.page.setViewportSize(SMALL);
    await note("one, small", SHRINK_MS[topology]);
    await first.page.setViewportSize(LARGE);
    await putAway(first.page, true);
    await note("one, tab put away", SHRINK_MS[topology]);
    await putAway(first.page, false);
    for (const other of others) await watch(other, room);
    await note("three watch", GROW_MS);
    await haveProcessors(this.#sender.page, PROCESSORS[topology]);
    await note("three, slow machine", ADAPT_MS);
    await Promise.all([this.#sender, ...this.#viewers].map((visitor) => visitor.leave()));
    return samples;
  }

  async #sample(): Promise<Sample> {
    const processes = treeOf(await processOf(this.#browser));
    const before = { sent: await readSent(this.#sender.page), cpu: cpuSecondsOf(processes) };
    await delay(WINDOW_MS);
    const after = { sent: await readSent(this.#sender.page), cpu: cpuSecondsOf(processes) };
    return {
      ...sentBetween(before.sent, after.sent),
      cores: (after.cpu - before.cpu) / ((after.sent.atMs - before.sent.atMs) / 1000),
    };
  }
}

/** Comes in, and turns the camera off: what is measured is the other's. */
async function watch(visitor: Visitor, room: string): Promise<void> {
  await visitor.arrive(room);
  await visitor.join();
  const controls = visitor.page.getByRole("toolbar", { name: "Call controls" });
  await controls.getByRole("button", { name: "Camera", exact: true }).click();
}

function haveProcessors(page: Page, count: number): Promise<void> {
  return page.evaluate((processors) => {
    Object.defineProperty(navigator, "hardwareConcurrency", { configurable: true, get: () => processors });
  }, count);
}

function figuresOf(what: string, samples: readonly Sample[]): Figure[] {
  const of = (part: keyof Sample) => samples.map((sample) => sample[part]);
  return [
    { what: `${what}: sent`, unit: "kbit/s", app: of("kilobits") },
    { what: `${what}: frames, to all together`, unit: "fps", app: of("frames") },
    { what: `${what}: height`, unit: "px", app: of("height") },
    { what: `${what}: encoding`, unit: "%", app: of("encodingPercent") },
    { what: `${what}: all browsers`, unit: "cores", app: of("cores") },
  ];
}
