import { parseArgs } from "node:util";
import * as v from "valibot";
import { Topology } from "@/lib/contracts/relay";
import { buildFloorApp } from "./floor-server";
import { describeMachine } from "./machine";
import { printResult, writeDocuments } from "./report";
import type { BenchRun, Row, RowResult } from "./row";
import { api } from "./rows/api";
import { idle } from "./rows/idle";
import { join } from "./rows/join";
import { lobby } from "./rows/lobby";
import { people } from "./rows/people";
import { room } from "./rows/room";
import { streams } from "./rows/streams";

const ROWS: readonly Row[] = [join, lobby, room, people, api, streams, idle];

const REPETITIONS = 7;
const QUICK_REPETITIONS = 3;

/**
 * `npm run bench [-- ROW…] [--quick] [--topology direct,relay]`, on the app as built. All rows at full length make
 * `docs/benchmarks.md` and its JSON anew; anything less is printed only. Figures fail nothing: only what cannot be measured
 * does.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    topology: { type: "string", default: "auto" },
  },
});

const asked = positionals.map((name) => {
  const row = ROWS.find((one) => one.name === name);
  if (!row) throw new Error(`There is no row ${name}. There are ${ROWS.map((one) => one.name).join(", ")}.`);
  return row;
});
const isWhole = asked.length === 0 && !values.quick;
const bench: BenchRun = {
  repetitions: values.quick ? QUICK_REPETITIONS : REPETITIONS,
  isQuick: values.quick,
  topologies: values.topology.split(",").map((name) => v.parse(Topology, name)),
  say: (sentence) => console.log(`  ${sentence}`),
};

const startedMs = Date.now();
console.log("Building the floor app…");
buildFloorApp();
const machine = await describeMachine();
const results: Record<string, RowResult> = {};
for (const row of asked.length > 0 ? asked : ROWS) {
  console.log(`\n${row.name}`);
  const result = await row.run(bench);
  results[row.name] = result;
  printResult(result);
}
const minutes = (Date.now() - startedMs) / 60_000;
console.log(`\nMeasured in ${minutes.toFixed(1)} minutes.`);
if (isWhole) writeDocuments({ machine, minutes, topologies: bench.topologies, results });
