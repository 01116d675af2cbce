import { randomUUID } from "node:crypto";
import Sqlite from "better-sqlite3";
import * as v from "valibot";
import { type MeasuredServer, startFloorServer } from "@/e2e/bench/floor-server";
import { type Answer, type Call, Load } from "@/e2e/bench/load";
import type { BenchRun, Figure, Row, Unit } from "@/e2e/bench/row";
import { startAppServer } from "@/e2e/support/app-server";
import { Credentials } from "@/lib/contracts/http";

const CALLS = 700;
/** A machine that others share is faster and slower by the second: often and shortly tells more than seldom and long. */
const ROUNDS_A_REPETITION = 3;
/** Until what a server runs is compiled. Each takes a seat, and there is to be room for all. */
const WARM_CALLS = 4_000;
const ROWS = 50_000;
const PER_ROOM = 5;

const KINDS = ["floor", "token", "membersEmpty", "membersFull"] as const;
type Samples = Record<(typeof KINDS)[number], Awaited<ReturnType<Load["run"]>>["figures"][]>;

/** The two calls that everyone makes on the way in. */
export const api: Row = {
  name: "api",
  async run(bench) {
    const floor = await startFloorServer();
    const env = { RATE_LIMITS: "off", MAX_STREAMS: String(WARM_CALLS) };
    const empty = await startAppServer({ env });
    const full = await startAppServer({ env });
    fill(full.databasePath);
    try {
      const samples = await measure(bench, { floor, empty, full });
      return {
        title: "Calls on the way in",
        method:
          `${CALLS} calls over 50 connections, from this machine. A processor's second is the serving process's. \`POST /api/members\` ` +
          `makes a new member each time, with no other row and with ${ROWS.toLocaleString("en")} rows of members of other rooms, which no clock ` +
          "looks at. Floor: an empty route handler of the empty app.",
        figures: [
          ...figuresOf("POST /api/token", samples.token, samples.floor),
          ...figuresOf("POST /api/members, 0 rows", samples.membersEmpty, samples.floor),
          ...figuresOf("POST /api/members, 50,000 rows", samples.membersFull, samples.floor),
        ],
        notes: [],
      };
    } finally {
      await full.stop();
      await empty.stop();
      await floor.stop();
    }
  },
};

async function measure(
  bench: BenchRun,
  servers: { floor: MeasuredServer; empty: MeasuredServer; full: MeasuredServer },
): Promise<Samples> {
  const samples: Samples = { floor: [], token: [], membersEmpty: [], membersFull: [] };
  const [floor, empty, full] = [new Load(servers.floor), new Load(servers.empty), new Load(servers.full)];
  for (let round = 0; round <= bench.repetitions * ROUNDS_A_REPETITION; round++) {
    const isWarmUp = round === 0;
    const calls = Array.from({ length: isWarmUp ? WARM_CALLS : CALLS }, (_, index) => index);
    const bare = await floor.run(calls.map(emptyCall));
    // Each comes first as often as the other: what is measured later is measured on a machine that has more behind it.
    const takeSeats = async (load: Load) => {
      const tokens = await load.run(calls.map(tokenCall));
      return { tokens, seats: await join(load, tokens.answers) };
    };
    const emptyFirst = round % 2 === 1 ? await takeSeats(empty) : undefined;
    const { seats: seatsAmongMany } = await takeSeats(full);
    const { tokens, seats } = emptyFirst ?? (await takeSeats(empty));
    bench.say(
      `${round}: floor ${bare.figures.perSecond.toFixed(0)}, token ${tokens.figures.perSecond.toFixed(0)}, members ${seats.perSecond.toFixed(0)}, among many ${seatsAmongMany.perSecond.toFixed(0)} a second`,
    );
    if (isWarmUp) continue;
    samples.floor.push(bare.figures);
    samples.token.push(tokens.figures);
    samples.membersEmpty.push(seats);
    samples.membersFull.push(seatsAmongMany);
  }
  for (const load of [floor, empty, full]) load.close();
  return samples;
}

/** Takes a seat with each token, and gives it back uncounted, so that the next round finds as many rows as this one. */
async function join(load: Load, answers: readonly Answer[]) {
  const tokens = answers.map(({ body }) => v.parse(Credentials, JSON.parse(body)).token);
  const joined = await load.run(tokens.map((token) => memberCall(token)));
  await load.run(tokens.map((token) => ({ method: "DELETE", path: "/api/members", token })));
  return joined.figures;
}

const roomOf = (index: number) => `LOAD-${Math.floor(index / PER_ROOM)}`;

function emptyCall(): Call {
  return { method: "POST", path: "/api/empty", body: { room: roomOf(0) } };
}

function tokenCall(index: number): Call {
  return { method: "POST", path: "/api/token", body: { room: roomOf(index) } };
}

function memberCall(token: string): Call {
  return { method: "POST", path: "/api/members", token, body: { name: "SOMEONE", instance: randomUUID() } };
}

/**
 * Rows of members whom the running server does not know: it took its look at the table when it started, and has no clock for
 * them.
 */
function fill(databasePath: string): void {
  const database = new Sqlite(databasePath);
  const member = database.prepare(
    "insert into members (room, uid, name, instance, joined_at_ms, revision) values (?, ?, 'SOMEONE', ?, ?, 1)",
  );
  const session = database.prepare("insert into sessions (room, host_uid, is_locked) values (?, ?, 0)");
  database.transaction(() => {
    for (let index = 0; index < ROWS; index++) {
      const room = `OTHER-${Math.floor(index / PER_ROOM)}`;
      member.run(room, index + 1, randomUUID(), Date.now() + index);
      if (index % PER_ROOM === 0) session.run(room, index + 1);
    }
  })();
  database.close();
}

function figuresOf(what: string, app: Samples["token"], floor: Samples["token"]): Figure[] {
  const figure = (part: keyof Samples["token"][number], words: string, unit: Unit, toReach?: string): Figure => ({
    what: `${what}: ${words}`,
    unit,
    app: app.map((sample) => sample[part]),
    floor: floor.map((sample) => sample[part]),
    ...(toReach === undefined ? {} : { toReach }),
  });
  return [
    figure("perSecond", "a second", "1/s", "≥ 0.7 × the floor"),
    figure("perCpuSecond", "a processor's second", "1/CPU-s", "≥ 0.7 × the floor"),
    figure("p50Ms", "p50", "ms"),
    figure("p99Ms", "p99", "ms"),
  ];
}
