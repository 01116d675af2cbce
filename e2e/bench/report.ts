import { readFileSync, writeFileSync } from "node:fs";
import type { Machine } from "./machine";
import type { Figure, RowResult, Unit } from "./row";
import { median, type Spread, spreadOf } from "./statistics";

const MARKDOWN = "docs/benchmarks.md";
const JSON_FILE = "docs/benchmarks.json";

/** A row's figures, and where and when they were measured. */
type KeptResult = RowResult & { machine: Machine };

const HEADER = `# Benchmarks

What this app costs, measured by \`npm run bench\` on the built app in a real Chromium with fake devices. Each figure is the
median of its repetitions, with the least and the most of them in parentheses. Beside it stands its **floor**, the least that the
browser or the framework itself can do, measured alternately in the same run: machines drift, and what counts is the ratio.
A benchmark is no test, and fails no build by a time.

Each row says when and on which machine it was measured, and everything (servers, browsers, and what measures) was on that one. How is in
\`e2e/bench/rows\`; the floors are the pages of \`e2e/bench/floor-app\`. All samples are in [benchmarks.json](benchmarks.json).
`;

export function printResult(result: RowResult): void {
  console.log(`\n${table(result.figures)}\n${notes(result)}`);
}

/** Writes a row's figures in the place of those before; the other rows stay as they are. @param order of all rows, by name */
export function keepResult(name: string, result: KeptResult, order: readonly string[]): void {
  const kept = JSON.parse(readFileSync(JSON_FILE, "utf8")) as { rows: Record<string, KeptResult> };
  const rows: Record<string, KeptResult> = {};
  for (const each of order) {
    const row = each === name ? result : kept.rows[each];
    if (row) rows[each] = row;
  }
  writeFileSync(JSON_FILE, `${JSON.stringify({ rows }, null, 2)}\n`);
  writeFileSync(MARKDOWN, [HEADER, ...Object.values(rows).map(section)].join("\n"));
  console.log(`Written to ${MARKDOWN} and ${JSON_FILE}.`);
}

function section(result: KeptResult): string {
  const { date, cores, memoryGib, system, node, chromium, next } = result.machine;
  const where = `Measured on ${date}: ${cores} cores, ${memoryGib} GiB, ${system}, Node ${node}, Chromium ${chromium}, Next ${next}.`;
  return `## ${result.title}\n\n${result.method}\n\n${where}\n\n${table(result.figures)}\n${notes(result)}`;
}

function table(figures: readonly Figure[]): string {
  const lines = figures.map((figure) => {
    const { what, unit, app, floor, toReach = "" } = figure;
    return `| ${what} | ${words(app, unit)} | ${floor ? words(floor, unit) : ""} | ${comparison(figure)} | ${toReach} |`;
  });
  return ["| what | app | floor | app to floor | to reach |", "| --- | --- | --- | --- | --- |", ...lines, ""].join(
    "\n",
  );
}

function notes(result: RowResult): string {
  const { drawing } = result;
  const drawn = drawing ? `\n${drawing.caption}\n\n\`\`\`text\n${drawing.text}\n\`\`\`\n` : "";
  return result.notes.map((note) => `- ${note}\n`).join("") + drawn;
}

function words(samples: readonly number[], unit: Unit): string {
  const { median: middle, min, max, count }: Spread = spreadOf(samples);
  const digits = digitsFor(max);
  const name = unit === "" ? "" : ` ${unit}`;
  if (count === 1 || min === max) return `${middle.toFixed(digits)}${name}`;
  return `${middle.toFixed(digits)}${name} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

function digitsFor(largest: number): number {
  if (Number.isInteger(largest)) return 0;
  if (Math.abs(largest) >= 100) return 0;
  return Math.abs(largest) >= 10 ? 1 : 2;
}

function comparison({ unit, app, floor, comparedBy = "ratio" }: Figure): string {
  if (!floor) return "";
  const [ours, least] = [median(app), median(floor)];
  if (comparedBy === "ratio") return `× ${(ours / least).toFixed(2)}`;
  const more = ours - least;
  const sign = more < 0 ? "−" : "+";
  return `${sign}${Math.abs(more).toFixed(digitsFor(more))}${unit === "" ? "" : ` ${unit}`}`;
}
