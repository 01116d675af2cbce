import type { Participant } from "@/e2e/participant";

/** What one person gets, as it is at one moment. Counts are from the beginning. */
interface Reading {
  atSeconds: number;
  /** By name: how tall the picture of someone is, and how many of its frames were shown. */
  pictures: Record<string, { height: number; frames: number }>;
  soundSamples: number;
  /** Of them, those that were made up because nothing had come. */
  concealedSamples: number;
  receivedBytes: number;
}

/** What one person gets, over the second that ends then. */
export interface Sample {
  atSeconds: number;
  pictures: Record<string, { height: number; framesPerSecond: number }>;
  /** Of the sound, 0 to 1. */
  concealed: number;
  receivedKilobits: number;
}

const EVERY_MS = 1000;

/** Writes down once a second what each person gets. */
export class Sampler {
  readonly #people: readonly Participant[];
  readonly #startedAtMs = performance.now();
  readonly #readings = new Map<Participant, Reading[]>();
  readonly #estimates: { atSeconds: number; kilobits: number }[] = [];
  readonly #readEstimate: () => Promise<number | undefined>;
  #timer: ReturnType<typeof setInterval>;
  #last: Promise<unknown> = Promise.resolve();

  /** @param readEstimate what the relay takes the worst downlink for, in bits a second; `undefined` while it does not know */
  constructor(people: readonly Participant[], readEstimate: () => Promise<number | undefined>) {
    this.#people = people;
    this.#readEstimate = readEstimate;
    for (const person of people) this.#readings.set(person, []);
    this.#timer = setInterval(() => {
      this.#last = this.#last.then(() => this.#readAll());
    }, EVERY_MS);
  }

  get nowSeconds(): number {
    return (performance.now() - this.#startedAtMs) / 1000;
  }

  get estimates(): readonly { atSeconds: number; kilobits: number }[] {
    return this.#estimates;
  }

  samplesOf(person: Participant): Sample[] {
    const readings = this.#readings.get(person) ?? [];
    return readings.slice(1).map((after, at) => between(readings[at] ?? after, after));
  }

  /** @throws {Error} when a page could not be read */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
  }

  async #readAll(): Promise<void> {
    const estimate = await this.#readEstimate();
    if (estimate !== undefined) this.#estimates.push({ atSeconds: this.nowSeconds, kilobits: estimate / 1000 });
    await Promise.all(
      this.#people.map(async (person) => {
        const reading = await read(person);
        this.#readings.get(person)?.push({ ...reading, atSeconds: this.nowSeconds });
      }),
    );
  }
}

function between(before: Reading, after: Reading): Sample {
  const seconds = after.atSeconds - before.atSeconds;
  const samples = after.soundSamples - before.soundSamples;
  return {
    atSeconds: after.atSeconds,
    pictures: Object.fromEntries(
      Object.entries(after.pictures).map(([name, { height, frames }]) => {
        const shown = Math.max(0, frames - (before.pictures[name]?.frames ?? frames));
        return [name, { height, framesPerSecond: shown / seconds }];
      }),
    ),
    concealed: samples > 0 ? (after.concealedSamples - before.concealedSamples) / samples : 0,
    receivedKilobits: ((after.receivedBytes - before.receivedBytes) * 8) / 1000 / seconds,
  };
}

function read({ page }: Participant): Promise<Omit<Reading, "atSeconds">> {
  return page.evaluate(async () => {
    const pictures: Record<string, { height: number; frames: number }> = {};
    for (const tile of document.querySelectorAll<HTMLElement>("[data-testid=tile][data-local=false]")) {
      const video = [...tile.querySelectorAll("video")].at(-1);
      pictures[tile.dataset.name ?? ""] = {
        height: video?.videoHeight ?? 0,
        frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
      };
    }
    const sums = { soundSamples: 0, concealedSamples: 0, receivedBytes: 0 };
    for (const connection of window.recordedMedia.connections) {
      if (connection.connectionState !== "connected") continue;
      (await connection.getStats()).forEach((stat) => {
        // A receiver to which nothing was ever sent plays nothing, and has nothing to make up.
        if (stat.type === "inbound-rtp" && stat.kind === "audio" && stat.packetsReceived > 0) {
          sums.soundSamples += stat.totalSamplesReceived ?? 0;
          sums.concealedSamples += stat.concealedSamples ?? 0;
        }
        if (stat.type === "transport") sums.receivedBytes += stat.bytesReceived ?? 0;
      });
    }
    return { pictures, ...sums };
  });
}
