import { parseArgs } from "node:util";
import * as v from "valibot";
import { Topology } from "@/lib/contracts/relay";
import { buildFloorApp } from "./floor-server";
import { describeMachine } from "./machine";
import { keepResult, printResult } from "./report";
import type { BenchRun, Row } from "./row";
import { api } from "./rows/api";
import { idle } from "./rows/idle";
import { join } from "./rows/join";
import { lobby } from "./rows/lobby";
import { people } from "./rows/people";
import { room } from "./rows/room";
import { sending } from "./rows/sending";
import { streams } from "./rows/streams";

const ROWS: readonly Row[] = [join, lobby, room, people, sending, api, streams, idle];

const NAMES = ROWS.map(({ name }) => name);

const REPETITIONS = 7;
const QUICK_REPETITIONS = 3;
const USUAL_TOPOLOGY = "auto";

/**
 * `npm run bench [-- ROW…] [--quick] [--topology direct,relay]`, on the app as built. Each row at full length takes its place in
 * `docs/benchmarks.md` and its JSON as soon as it is measured; anything less is printed only. Figures fail nothing: only what
 * cannot be measured does.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    topology: { type: "string", default: USUAL_TOPOLOGY },
  },
});

const asked = positionals.map((name) => {
  const row = ROWS.find((one) => one.name === name);
  if (!row) throw new Error(`There is no row ${name}. There are ${NAMES.join(", ")}.`);
  return row;
});
const isKept = !values.quick && values.topology === USUAL_TOPOLOGY;
const bench: BenchRun = {
  repetitions: values.quick ? QUICK_REPETITIONS : REPETITIONS,
  isQuick: values.quick,
  topologies: values.topology.split(",").map((name) => v.parse(Topology, name)),
  say: (sentence) => console.log(`  ${sentence}`),
};

const startedMs = Date.now();
console.log("Building the floor app…");
buildFloorApp();
for (const row of asked.length > 0 ? asked : ROWS) {
  console.log(`\n${row.name}`);
  const result = { machine: await describeMachine(), ...(await row.run(bench)) };
  printResult(result);
  if (isKept) keepResult(row.name, result, NAMES);
}
console.log(`\nMeasured in ${((Date.now() - startedMs) / 60_000).toFixed(1)} minutes.`);
