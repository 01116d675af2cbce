import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Participant } from "@/e2e/participant";
import { RAHUL, RIYA, ROHIT } from "@/e2e/support/persona";
import { expect, expectCall, ROOM, test } from "./fixtures";
import { drawChart, type Phase } from "./stress/chart";
import { type Sample, Sampler } from "./stress/sampler";

/** Three people through the relay, one of whom has a bad downlink. What comes of it is drawn, in the folder that `STRESS_FIGURES` names. */
const FOLDER = process.env.STRESS_FIGURES ?? join("test-results", "stress");

const METRICS_TOKEN = "the-stress-tests-own-token";

/** From a change on until it has been answered. */
const SETTLE_SECONDS = 15;

const COLOURS: Record<string, string> = { ROHIT: "#c33", RIYA: "#283", RAHUL: "#36c" };

test("one viewer at 250 kbit/s, then with loss, then with delay costs the others nothing and has a small moving picture", async ({
  internet,
  open,
}) => {
  test.setTimeout(300_000);
  const app = await internet.startApp({ EMBEDDED_TOPOLOGY: "relay", METRICS_TOKEN });
  const { home, wire } = await internet.addRemoteHome("symmetric");
  // Large enough for two encodings.
  const [slow, riya, rahul] = [
    await open({ ...ROHIT, pictureHeight: 360 }, home, app),
    await open({ ...RIYA, pictureHeight: 360 }, internet.addHome("symmetric"), app),
    await open({ ...RAHUL, pictureHeight: 360 }, internet.addHome("cone"), app),
  ];
  const people = [slow, riya, rahul];
  for (const person of people) await person.enter(ROOM);
  await expectCall(slow, riya);
  await expectCall(slow, rahul);
  await expectCall(riya, rahul);

  const sampler = new Sampler(people, () => worstDownlink(riya));
  const phases: Phase[] = [];
  const last = async (name: string, seconds: number) => {
    const fromSeconds = sampler.nowSeconds;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    phases.push({ name, fromSeconds, toSeconds: sampler.nowSeconds });
  };
  await last("well", 20);
  home.setDownlink(250);
  await last("250 kbit/s", 35);
  home.setDownlink(null);
  await last("well", 35);
  wire.set({ lossRate: 0.05 }, ["down"]);
  await last("5 % lost", 25);
  wire.set({});
  await last("well", 15);
  wire.set({ delayMs: 200 }, ["down"]);
  await last("200 ms later", 25);
  wire.set({});
  await last("well", 10);
  await sampler.stop();
  draw(sampler, people, phases);
  console.log(tableOf(sampler, people, phases));

  const [well, narrow, again, lossy, , late] = phases;
  if (!well || !narrow || !again || !lossy || !late) throw new Error("A phase is missing.");
  const others = [
    { person: riya, other: RAHUL.name },
    { person: rahul, other: RIYA.name },
  ];
  for (const phase of [narrow, lossy, late]) {
    for (const { person, other } of others) {
      const lost = `${person.name} loses nothing of ${other}: ${phase.name}`;
      expect
        .soft(framesOf(sampler, person, other, phase), lost)
        .toBeGreaterThan(0.9 * framesOf(sampler, person, other, well));
      expect.soft(concealedOf(sampler, person, phase), `${person.name} hears all: ${phase.name}`).toBeLessThan(0.01);
    }
    // Beside the sound of two there is room at 250 kbit/s for every second or fourth frame of two small pictures.
    const least = phase === narrow ? 2 : 8;
    for (const { name } of [RIYA, RAHUL]) {
      expect.soft(framesOf(sampler, slow, name, phase), `${name} moves: ${phase.name}`).toBeGreaterThan(least);
    }
    expect.soft(concealedOf(sampler, slow, phase), `${slow.name} hears all: ${phase.name}`).toBeLessThan(0.01);
  }
  for (const { name } of [RIYA, RAHUL]) {
    expect.soft(heightOf(sampler, slow, name, narrow), `the picture of ${name} is small`).toBeLessThanOrEqual(180);
    expect.soft(framesOf(sampler, slow, name, again), `${name} moves again`).toBeGreaterThan(8);
  }
});

/** What the relay takes the worst of all downlinks for, in bits a second: asked for over a good line, since the answer is long. */
async function worstDownlink({ page }: Participant): Promise<number | undefined> {
  const text = await page.evaluate(async (token) => {
    const answer = await fetch("/api/metrics", { headers: { authorization: `Bearer ${token}` } });
    return answer.text();
  }, METRICS_TOKEN);
  const value = Number(/^mychat_relay_least_downlink_bits_per_second (.+)$/m.exec(text)?.[1]);
  return Number.isNaN(value) ? undefined : value;
}

/** A person's samples of a phase, from when it has settled. */
function samplesIn(sampler: Sampler, person: Participant, { fromSeconds, toSeconds }: Phase): Sample[] {
  return sampler
    .samplesOf(person)
    .filter(({ atSeconds }) => atSeconds > fromSeconds + SETTLE_SECONDS && atSeconds <= toSeconds);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function framesOf(sampler: Sampler, person: Participant, of: string, phase: Phase): number {
  return mean(samplesIn(sampler, person, phase).map(({ pictures }) => pictures[of]?.framesPerSecond ?? 0));
}

/** The usual height in a phase. */
function heightOf(sampler: Sampler, person: Participant, of: string, phase: Phase): number {
  const heights = samplesIn(sampler, person, phase).map(({ pictures }) => pictures[of]?.height ?? 0);
  return heights.toSorted((one, other) => one - other)[Math.floor(heights.length / 2)] ?? 0;
}

function concealedOf(sampler: Sampler, person: Participant, phase: Phase): number {
  return mean(samplesIn(sampler, person, phase).map(({ concealed }) => concealed));
}

/** For the documentation: what each has of each other, and hears, once a phase has settled. */
function tableOf(sampler: Sampler, people: readonly Participant[], phases: readonly Phase[]): string {
  const cell = (person: Participant, phase: Phase) => {
    const pictures = people
      .filter((other) => other !== person)
      .map(({ name }) => {
        const height = heightOf(sampler, person, name, phase);
        return `${name} ${framesOf(sampler, person, name, phase).toFixed(1)} of ${height}p`;
      });
    return `${pictures.join(", ")}; ${(100 * concealedOf(sampler, person, phase)).toFixed(2)} %`;
  };
  const settled = phases.filter(
    ({ name, fromSeconds, toSeconds }) => toSeconds - fromSeconds > 1.5 * SETTLE_SECONDS || name !== "well",
  );
  return [
    `| | ${people.map(({ name }) => name).join(" | ")} |`,
    `| --- |${" --- |".repeat(people.length)}`,
    ...settled.map((phase) => `| ${phase.name} | ${people.map((person) => cell(person, phase)).join(" | ")} |`),
  ].join("\n");
}

function draw(sampler: Sampler, people: readonly Participant[], phases: readonly Phase[]): void {
  const [slow, ...others] = people;
  if (!slow) return;
  const line = (person: Participant, name: string, colour: string, read: (sample: Sample) => number) => ({
    name,
    colour,
    points: sampler.samplesOf(person).map((sample) => [sample.atSeconds, read(sample)] as const),
  });
  const picturesOf = (person: Participant, read: (picture: Sample["pictures"][string]) => number) =>
    people
      .filter((other) => other !== person)
      .map(({ name }) =>
        line(person, name, COLOURS[name] ?? "#000", ({ pictures }) => (pictures[name] ? read(pictures[name]) : 0)),
      );
  const chart = drawChart(
    [
      {
        title: `What comes to ${slow.name}, who has the bad line: kbit/s`,
        max: 1200,
        lines: [
          {
            name: "estimate",
            colour: "#000",
            points: sampler.estimates.map(({ atSeconds, kilobits }) => [atSeconds, kilobits] as const),
          },
          line(slow, "received", "#b60", ({ receivedKilobits }) => receivedKilobits),
        ],
      },
      {
        title: `Height of the pictures at ${slow.name}: pixels`,
        max: 400,
        lines: picturesOf(slow, ({ height }) => height),
      },
      ...[slow, ...others].map((person) => ({
        title: `Pictures at ${person.name}: frames a second`,
        max: 20,
        lines: picturesOf(person, ({ framesPerSecond }) => framesPerSecond),
      })),
      {
        title: "Sound that was made up, since nothing had come: % of it",
        max: 20,
        lines: people.map((person) =>
          line(person, person.name, COLOURS[person.name] ?? "#000", ({ concealed }) => 100 * concealed),
        ),
      },
    ],
    phases,
  );
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "relay-under-stress.svg"), chart);
}
