import type { Timings } from "./timings";

/** Of this machine's processors so much may go into encoding; the rest is for decoding, drawing and whatever else runs. */
const MAX_SHARE = 0.35;
/** On a machine with many, too: beyond it a laptop's fan is heard and a phone is warm. In processors. */
const MAX_PROCESSORS = 1;
const MAX_STEPS = 4;
/** A picture that stands still for a moment costs nothing for as long: what is looked at is the mean, in which so long ago counts a third. */
const SMOOTHED_OVER_MS = 1_000;
/** Each time that more was too much again, more is tried later: up to so many times as late. */
const MAX_PATIENCE = 8;

export interface EncodingLoad {
  /** By `performance.now()`. */
  atMs: number;
  /** Time spent encoding, in all encoders together, of the time that went by: 1 is one encoder that never rests. */
  load: number;
  /** An encoder says itself that the processor is what holds its picture back (`qualityLimitationReason`). */
  isLimited: boolean;
}

/**
 * How much less than usual this page encodes since its machine does not keep up. Browsers look at each encoder by itself, which is
 * in no trouble while it has its frame done before the next one: a page that sends to several has as many of them.
 */
export class CpuAdaptation {
  readonly #timings: Pick<Timings, "overuseMs" | "underuseMs">;
  readonly #processors: () => number;
  #stepsDown = 0;
  #smoothed: { atMs: number; load: number } | undefined;
  /** Since when there is too much, or room for more, by `performance.now()`. */
  #overuseSinceMs: number | undefined;
  #underuseSinceMs: number | undefined;
  #patience = 1;
  #steppedUpAtMs = Number.NEGATIVE_INFINITY;

  /** @param processors how many this machine has */
  constructor(timings: Pick<Timings, "overuseMs" | "underuseMs">, processors: () => number) {
    this.#timings = timings;
    this.#processors = processors;
  }

  /** From 0, as usual, to 4. */
  get stepsDown(): number {
    return this.#stepsDown;
  }

  /** @returns whether `stepsDown` has changed */
  note({ atMs, load: loadNow, isLimited }: EncodingLoad): boolean {
    const load = this.#smooth(atMs, loadNow);
    const budget = Math.min(MAX_SHARE * this.#processors(), MAX_PROCESSORS);
    // A step up takes up to twice as much: less than half must be in use, or it would be taken back at once.
    const isOverused = isLimited || load > budget;
    const isUnderused = !isLimited && load < budget / 2;
    this.#overuseSinceMs = isOverused ? (this.#overuseSinceMs ?? atMs) : undefined;
    this.#underuseSinceMs = isUnderused ? (this.#underuseSinceMs ?? atMs) : undefined;
    const { overuseMs, underuseMs } = this.#timings;
    if (hasLasted(this.#overuseSinceMs, overuseMs, atMs) && this.#stepsDown < MAX_STEPS) {
      const isRelapse = atMs - this.#steppedUpAtMs < underuseMs;
      if (isRelapse) this.#patience = Math.min(2 * this.#patience, MAX_PATIENCE);
      this.#step(1);
      return true;
    }
    if (hasLasted(this.#underuseSinceMs, underuseMs * this.#patience, atMs) && this.#stepsDown > 0) {
      this.#steppedUpAtMs = atMs;
      this.#step(-1);
      return true;
    }
    return false;
  }

  #smooth(atMs: number, load: number): number {
    const before = this.#smoothed ?? { atMs, load };
    const weightOfBefore = Math.exp((before.atMs - atMs) / SMOOTHED_OVER_MS);
    this.#smoothed = { atMs, load: load + (before.load - load) * weightOfBefore };
    return this.#smoothed.load;
  }

  /** What a step has brought shows only by what is measured from here on. */
  #step(by: 1 | -1): void {
    this.#stepsDown += by;
    this.#smoothed = undefined;
    this.#overuseSinceMs = undefined;
    this.#underuseSinceMs = undefined;
  }
}

function hasLasted(sinceMs: number | undefined, forMs: number, nowMs: number): boolean {
  return sinceMs !== undefined && nowMs - sinceMs >= forMs;
}
