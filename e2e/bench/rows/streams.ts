import { Crowd, inTurns } from "@/e2e/bench/crowd";
import { type MeasuredServer, startFloorServer } from "@/e2e/bench/floor-server";
import { Inspector } from "@/e2e/bench/inspector";
import { nextServerIn, residentBytesOf } from "@/e2e/bench/processes";
import type { BenchRun, Row } from "@/e2e/bench/row";
import { percentile } from "@/e2e/bench/statistics";
import { StreamReader } from "@/e2e/bench/stream-reader";
import { startAppServer } from "@/e2e/support/app-server";

const STREAMS = 1_000;
const SMALL_ROOM = 5;
const LARGE_ROOM = 100;
const EVENTS = 100;
const QUICK_EVENTS = 30;

/** Calls that a server answers before it is measured: what it compiles and caches for any is not a stream's. */
const WARM_STREAMS = 100;

interface Samples {
  app: StreamMemory[];
  floor: StreamMemory[];
  smallP99: number[];
  largeP99: number[];
}

/** Kilobytes a stream. */
interface StreamMemory {
  resident: number;
  held: number;
}

/** Event streams: what each holds, and how fast an event is with everyone in a room. */
export const streams: Row = {
  name: "streams",
  async run(bench) {
    const samples: Samples = { app: [], floor: [], smallP99: [], largeP99: [] };
    for (let round = 0; round < bench.repetitions; round++) {
      samples.floor.push(await measureFloor());
      await measureApp(bench, samples);
      const [app, floor] = [samples.app.at(-1), samples.floor.at(-1)];
      bench.say(
        `${round}: ${app?.resident.toFixed(1)} KB a stream, floor ${floor?.resident.toFixed(1)} KB; p99 ${samples.smallP99.at(-1)?.toFixed(1)} and ${samples.largeP99.at(-1)?.toFixed(1)} ms`,
      );
    }
    const both = (part: keyof StreamMemory) => ({
      app: samples.app.map((memory) => memory[part]),
      floor: samples.floor.map((memory) => memory[part]),
    });
    return {
      title: "Event streams",
      method:
        `${STREAMS.toLocaleString("en")} open streams of members in rooms of ${SMALL_ROOM}, each answering the server's pings; then ${LARGE_ROOM} more in one room, ` +
        "measured once all have answered a ping since the last came in. " +
        "Memory is what the serving process has more than before, by stream, after its garbage was collected. An event is a raised or lowered hand: " +
        "from the call that causes it until the last of the room has it, everything on this machine. Floor: a route that opens a stream and does nothing.",
      figures: [
        { what: "resident memory, a stream", unit: "KB", ...both("resident"), toReach: "≤ 1.5 × the floor" },
        { what: "of JavaScript's objects and buffers, a stream", unit: "KB", ...both("held") },
        {
          what: `an event to all of a room of ${SMALL_ROOM}, p99`,
          unit: "ms",
          app: samples.smallP99,
          toReach: "≤ 50 ms",
        },
        {
          what: `an event to all of a room of ${LARGE_ROOM}, p99`,
          unit: "ms",
          app: samples.largeP99,
          toReach: "≤ 50 ms",
        },
      ],
      notes: [],
    };
  },
};

async function measureFloor(): Promise<StreamMemory> {
  const server = await startFloorServer(Inspector.env);
  try {
    const open = (count: number) =>
      inTurns(Array.from({ length: count }, () => () => StreamReader.open(`${server.url}/api/stream`)));
    const warm = await open(WARM_STREAMS);
    for (const reader of warm) reader.close();
    const memory = await MemoryWatch.of(server);
    const readers = await open(STREAMS);
    const taken = await memory.taken();
    for (const reader of readers) reader.close();
    return taken;
  } finally {
    await server.stop();
  }
}

async function measureApp(bench: BenchRun, samples: Samples): Promise<void> {
  const server = await startAppServer({
    env: { ...Inspector.env, RATE_LIMITS: "off", EMBEDDED_MAX_MEMBERS: String(LARGE_ROOM) },
  });
  const crowd = new Crowd(server);
  try {
    await crowd.enter(WARM_STREAMS, SMALL_ROOM, "WARM");
    await crowd.leave();
    const memory = await MemoryWatch.of(server);
    await crowd.enter(STREAMS, SMALL_ROOM, "SMALL");
    samples.app.push(await memory.taken());
    const count = bench.isQuick ? QUICK_EVENTS : EVENTS;
    await crowd.settled();
    samples.smallP99.push(percentile(await crowd.timeEvents(count, { newest: STREAMS, roomSize: SMALL_ROOM }), 99));
    await crowd.enter(LARGE_ROOM, LARGE_ROOM, "LARGE");
    await crowd.settled();
    samples.largeP99.push(percentile(await crowd.timeEvents(count, { newest: LARGE_ROOM, roomSize: LARGE_ROOM }), 99));
  } finally {
    await crowd.leave();
    crowd.close();
    await server.stop();
  }
}

/** What a server holds more than when the watch began. */
class MemoryWatch {
  readonly #pid: number;
  readonly #inspector: Inspector;
  readonly #before: { resident: number; held: number };

  private constructor(pid: number, inspector: Inspector, before: { resident: number; held: number }) {
    this.#pid = pid;
    this.#inspector = inspector;
    this.#before = before;
  }

  static async of(server: MeasuredServer): Promise<MemoryWatch> {
    const pid = nextServerIn(server.pid);
    const inspector = await Inspector.attach(pid, server);
    return new MemoryWatch(pid, inspector, await read(pid, inspector));
  }

  async taken(): Promise<StreamMemory> {
    const { resident, held } = await read(this.#pid, this.#inspector);
    this.#inspector.close();
    return {
      resident: (resident - this.#before.resident) / STREAMS / 1000,
      held: (held - this.#before.held) / STREAMS / 1000,
    };
  }
}

async function read(pid: number, inspector: Inspector): Promise<{ resident: number; held: number }> {
  const { heapUsed, external } = await inspector.collectedMemory();
  return { resident: residentBytesOf(pid), held: heapUsed + external };
}
