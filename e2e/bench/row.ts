import type { Topology } from "@/lib/contracts/relay";

/** How a run is made. */
export interface BenchRun {
  /** Of each measurement; the middle one of them is the figure. */
  repetitions: number;
  isQuick: boolean;
  /** The ways of media to measure. */
  topologies: readonly Topology[];
  /** Says what is being done, for who watches. */
  say(sentence: string): void;
}

export type Unit = "ms" | "kbit/s" | "KB" | "MB" | "" | "fps" | "cores" | "%" | "1/s" | "1/CPU-s" | "px" | "points";

/** One line of a row's table: what the app took, each repetition, and beside it what its floor took. */
export interface Figure {
  what: string;
  unit: Unit;
  app: readonly number[];
  floor?: readonly number[];
  /** By how often the floor goes into it, or by what is added to the floor. Default: `ratio`. */
  comparedBy?: "ratio" | "difference";
  /** In words, with its number; compared by who reads. */
  toReach?: string;
}

export interface RowResult {
  title: string;
  /** How it was measured, and against what. */
  method: string;
  figures: readonly Figure[];
  /** What else was seen, or why something was not measured. */
  notes: readonly string[];
  /** Drawn in letters of one width, with its caption. */
  drawing?: { caption: string; text: string };
}

/** One row of the table of benchmarks. */
export interface Row {
  /** As `npm run bench -- NAME` says it. */
  name: string;
  run(bench: BenchRun): Promise<RowResult>;
}
