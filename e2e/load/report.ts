import type { Outcome } from "./play";
import type { ServerFigures } from "./server-figures";

const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

const inTurn = ({ before, amid, after }: Outcome, figure: (of: ServerFigures) => number) =>
  [before, amid, after].map((of) => `${ms(figure(of))} MB`).join(", ");

/** A scenario's outcome, in Markdown. */
export function report(outcome: Outcome): string {
  const { scenario, before, amid, after, messages, signals } = outcome;
  const people = scenario.rooms * scenario.people;
  const rows: [string, string][] = [
    ["joins a second", outcome.joinsPerSecond.toFixed(0)],
    ["messages: sent, heard of due", `${messages.sent}, ${messages.heard} of ${messages.due}`],
    ["signals: heard of due", `${signals.heard} of ${signals.due}`],
    ["refused with `at_capacity`, of those too many", `${outcome.refused} of ${scenario.tooMany}`],
    ["server's CPU while everyone talks, of one core", `${(outcome.cpuShare * 100).toFixed(0)} %`],
    ["server's event loop late, p99", `${ms(amid.eventLoopP99Ms)} ms`],
    ["server's memory: before, amid, after", inTurn(outcome, ({ residentMb }) => residentMb)],
    ["of it JavaScript's heap in use", inTurn(outcome, ({ heapMb }) => heapMb)],
    ["memory a person", `${(((amid.residentMb - before.residentMb) / people) * 1_024).toFixed(0)} KB`],
    ["people and streams left at the end", `${after.members}, ${after.streams}`],
    ["lost, doubled, out of order, refused", outcome.problems.length === 0 ? "none" : `${outcome.problems.length}`],
  ];
  const calls = outcome.tally.rows().map(({ what, count, p50Ms, p99Ms, maxMs }) => {
    return `| ${what} | ${count} | ${ms(p50Ms)} | ${ms(p99Ms)} | ${ms(maxMs)} |`;
  });
  return [
    `### ${scenario.title}`,
    "",
    `${people} people in ${scenario.rooms === 1 ? "one room" : `${scenario.rooms} rooms of ${scenario.people}`}; ${scenario.arrivingAtOnce} come in at a time; then for ${scenario.talkSeconds} s each writes once in ${scenario.secondsBetweenMessages} s.`,
    "",
    "| | |",
    "| --- | --- |",
    ...rows.map(([what, figure]) => `| ${what} | ${figure} |`),
    "",
    "| call, or event from its sending | count | p50 ms | p99 ms | longest |",
    "| --- | --- | --- | --- | --- |",
    ...calls,
    ...outcome.problems.slice(0, 10).map((problem) => `\n- ${problem}`),
    "",
  ].join("\n");
}
