/** So many looks in a row, one a second, make it certain: a machine that is busy for a moment keeps its effects. */
const LOOKS = 5;

/** Code is compiled and caches are cold at first. */
const WARM_UP_LOOKS = 3;

/** Notices a machine that cannot keep up with an effect, from a look at it each second. */
export class FallingBehind {
  #looks = 0;
  #inARow = 0;

  /** @returns whether it has been behind for long enough to give the effect up */
  look(isBehind: boolean): boolean {
    this.#looks++;
    if (this.#looks <= WARM_UP_LOOKS) return false;
    this.#inARow = isBehind ? this.#inARow + 1 : 0;
    return this.#inARow >= LOOKS;
  }
}

/** A picture of fewer frames a second looks broken, unless the camera gives no more. */
const MIN_FRAMES_PER_SECOND = 10;

/** Whether so few frames of the camera's come out of an effect that it does more harm than good. Frames per second. */
export function isPictureBehind(cameraRate: number, processedRate: number): boolean {
  return processedRate < Math.min(MIN_FRAMES_PER_SECOND, cameraRate / 2);
}
