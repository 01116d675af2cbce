import type { TraceStep } from "./join-trace";

const WIDTH = 60;

interface Lane {
  tab: string;
  steps: readonly TraceStep[];
}

/**
 * Draws what tabs did, one line a step, by when it began: bars of one scale, so that what waits for what can be seen.
 *
 * @param fromMs what counts as 0, epoch milliseconds; what began before is left out
 */
export function drawWaterfall(lanes: readonly Lane[], fromMs: number): string {
  const steps = lanes
    .flatMap(({ tab, steps: own }) => own.map((step) => ({ ...step, tab })))
    .filter(({ startedAt, endedAt }) => startedAt >= fromMs && endedAt >= startedAt)
    .sort((one, other) => one.startedAt - other.startedAt);
  const lastMs = Math.max(...steps.map(({ endedAt }) => endedAt)) - fromMs;
  const column = (ms: number) => Math.round((ms / lastMs) * (WIDTH - 1));
  const nameWidth = Math.max(...lanes.map(({ tab }) => tab.length));
  return steps
    .map(({ tab, what, startedAt, endedAt }) => {
      const [from, to] = [startedAt - fromMs, endedAt - fromMs];
      const bar = " ".repeat(column(from)) + (to - from < 1 ? "|" : "=".repeat(column(to) - column(from) + 1));
      const times = `${from.toFixed(0).padStart(4)} ${to - from < 1 ? "    " : to.toFixed(0).padStart(4)}`;
      return `${tab.padEnd(nameWidth)} ${times}  ${bar.padEnd(WIDTH)}  ${what}`;
    })
    .join("\n");
}
