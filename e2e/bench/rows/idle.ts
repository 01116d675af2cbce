import { setTimeout as delay } from "node:timers/promises";
import { type MeasuredServer, startFloorServer } from "@/e2e/bench/floor-server";
import { Inspector } from "@/e2e/bench/inspector";
import { nextServerIn, residentBytesOf } from "@/e2e/bench/processes";
import type { Row } from "@/e2e/bench/row";
import { startAppServer } from "@/e2e/support/app-server";

/** So long after its start a server has done what it does by itself. */
const SETTLE_MS = 4_000;

interface Memory {
  resident: number;
  residentCollected: number;
  heap: number;
  external: number;
}

/** The server that nobody asks for anything. */
export const idle: Row = {
  name: "idle",
  async run(bench) {
    const samples: { app: Memory[]; floor: Memory[] } = { app: [], floor: [] };
    for (let round = 0; round < bench.repetitions; round++) {
      samples.floor.push(await measure(await startFloorServer(Inspector.env)));
      samples.app.push(await measure(await startAppServer({ env: Inspector.env })));
      const [app, floor] = [samples.app.at(-1), samples.floor.at(-1)];
      bench.say(`${round}: app ${app?.resident.toFixed(0)} MB, floor ${floor?.resident.toFixed(0)} MB`);
    }
    const both = (part: keyof Memory) => ({
      app: samples.app.map((memory) => memory[part]),
      floor: samples.floor.map((memory) => memory[part]),
    });
    return {
      title: "The idle server",
      method: `Memory of the serving process ${SETTLE_MS / 1000} s after it answered for the first time (one request of \`/api/health\`, of the floor's page). Floor: the empty app.`,
      figures: [
        { what: "resident", unit: "MB", ...both("resident") },
        { what: "resident, garbage collected", unit: "MB", ...both("residentCollected") },
        { what: "of that, JavaScript's heap", unit: "MB", ...both("heap") },
        { what: "of that, buffers and other memory of JavaScript's objects", unit: "MB", ...both("external") },
      ],
      notes: [],
    };
  },
};

async function measure(server: MeasuredServer): Promise<Memory> {
  try {
    await delay(SETTLE_MS);
    const pid = nextServerIn(server.pid);
    const resident = residentBytesOf(pid) / 1e6;
    const inspector = await Inspector.attach(pid, server);
    const { heapUsed, external } = await inspector.collectedMemory();
    const residentCollected = residentBytesOf(pid) / 1e6;
    inspector.close();
    return { resident, residentCollected, heap: heapUsed / 1e6, external: external / 1e6 };
  } finally {
    await server.stop();
  }
}
