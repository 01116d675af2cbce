const SLICE_MS = 100;
const SLICES = 10;

/** Bits a second over the last second. */
export class BitrateMeter {
  readonly #bytes = new Array<number>(SLICES).fill(0);
  #slice = 0;
  #sinceMs: number | undefined;
  #lastMs = Number.NEGATIVE_INFINITY;

  add(bytes: number, nowMs: number): void {
    this.#moveTo(nowMs);
    this.#sinceMs ??= nowMs;
    this.#lastMs = nowMs;
    const at = this.#slice % SLICES;
    this.#bytes[at] = (this.#bytes[at] ?? 0) + bytes;
  }

  bitsPerSecond(nowMs: number): number {
    this.#moveTo(nowMs);
    if (this.#sinceMs === undefined) return 0;
    const bytes = this.#bytes.reduce((sum, slice) => sum + slice, 0);
    // A stream that has just begun has not had its second yet.
    const spanMs = Math.min(SLICE_MS * SLICES, Math.max(SLICE_MS * 2, nowMs - this.#sinceMs));
    return (bytes * 8 * 1000) / spanMs;
  }

  /** How long nothing has come; milliseconds. */
  silentForMs(nowMs: number): number {
    return nowMs - this.#lastMs;
  }

  #moveTo(nowMs: number): void {
    const slice = Math.floor(nowMs / SLICE_MS);
    if (slice <= this.#slice) return;
    const passed = Math.min(SLICES, slice - this.#slice);
    for (let step = 1; step <= passed; step++) this.#bytes[(this.#slice + step) % SLICES] = 0;
    if (passed === SLICES) this.#bytes.fill(0);
    this.#slice = slice;
  }
}
