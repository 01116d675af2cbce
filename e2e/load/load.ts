import { startAppServer } from "@/e2e/support/app-server";
import { play, type Scenario } from "./play";
import { report } from "./report";

/**
 * `npm run load`: people, by the HTTP contract alone, on one server process; prints a report in Markdown and fails when
 * anything was lost, came twice or out of order, or stayed. `npm run load -- 100` plays with a hundredth of a hundred: so
 * many per cent of the people.
 */
const share = Number(process.argv[2] ?? 100) / 100;
const METRICS_TOKEN = "the-load-programs-own";

const SCENARIOS: Scenario[] = [
  {
    title: "Many rooms",
    rooms: Math.ceil(200 * share),
    people: 5,
    arrivingAtOnce: 32,
    talkSeconds: 30,
    secondsBetweenMessages: 10,
    tooMany: 200,
  },
  {
    title: "One large room",
    rooms: 1,
    people: Math.ceil(100 * share),
    arrivingAtOnce: 8,
    talkSeconds: 30,
    secondsBetweenMessages: 10,
    tooMany: 50,
  },
];

/** @returns whether all was as it should be */
async function playAlone(scenario: Scenario): Promise<boolean> {
  // A server of its own, that has room for just so many.
  const server = await startAppServer({
    env: {
      RATE_LIMITS: "off",
      MAX_STREAMS: String(scenario.rooms * scenario.people),
      EMBEDDED_MAX_MEMBERS: String(scenario.people),
      METRICS_TOKEN,
    },
  });
  try {
    const outcome = await play(scenario, server.url, METRICS_TOKEN);
    console.log(report(outcome));
    return outcome.problems.length === 0 && outcome.refused === scenario.tooMany;
  } finally {
    await server.stop();
  }
}

async function main(): Promise<void> {
  for (const scenario of SCENARIOS) {
    if (!(await playAlone(scenario))) process.exitCode = 1;
  }
}

void main();
