import { unwrap } from "./sequence";

/** draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1. */
const TICK_MS = 0.25;
const REFERENCE_MS = 64;
const SYMBOLS_PER_CHUNK = 7;
const NOT_RECEIVED = 0;
const SMALL_DELTA = 1;
const LARGE_DELTA = 2;
/** So that one report fits a packet, whatever was lost. */
const MAX_SPAN = 400;

/** When a packet came, by the clock of whoever received it; `undefined`: it did not. */
export interface Arrival {
  sequence: number;
  atMs: number | undefined;
}

/** Symbols of two bits, or of one where nothing took long (§3.1.4). */
const VECTORS = { two: { bits: 2, symbols: 7 }, one: { bits: 1, symbols: 14 } } as const;

/**
 * Reads the body of a report of arrivals.
 *
 * @returns in the order of the numbers; `undefined` for one that is cut off
 */
export function parseTransportFeedback(body: Buffer): Arrival[] | undefined {
  if (body.length < 8) return undefined;
  const base = body.readUInt16BE(0);
  const count = body.readUInt16BE(2);
  const symbols: number[] = [];
  let at = 8;
  for (; symbols.length < count; at += 2) {
    if (at + 2 > body.length) return undefined;
    for (const symbol of symbolsOf(body.readUInt16BE(at))) symbols.push(symbol);
  }
  const arrivals: Arrival[] = [];
  let tick = (body.readUIntBE(4, 3) * REFERENCE_MS) / TICK_MS;
  for (const [index, symbol] of symbols.slice(0, count).entries()) {
    const sequence = (base + index) & 0xffff;
    const bytes = symbol === SMALL_DELTA ? 1 : symbol === LARGE_DELTA ? 2 : 0;
    if (at + bytes > body.length) return undefined;
    if (bytes > 0) tick += bytes === 1 ? body.readUInt8(at) : body.readInt16BE(at);
    at += bytes;
    arrivals.push({ sequence, atMs: bytes > 0 ? tick * TICK_MS : undefined });
  }
  return arrivals;
}

function symbolsOf(chunk: number): number[] {
  if (!(chunk & 0x8000)) return new Array<number>(chunk & 0x1fff).fill((chunk >> 13) & 3);
  const { bits, symbols } = chunk & 0x4000 ? VECTORS.two : VECTORS.one;
  return Array.from({ length: symbols }, (_, index) => (chunk >> (bits * (symbols - 1 - index))) & (2 ** bits - 1));
}

/**
 * When each packet of a publisher came, told to the publisher: from it the browser knows what its uplink bears
 * (transport-wide congestion control).
 */
export class TransportFeedback {
  /** By number, without going round; in milliseconds. */
  readonly #arrivals = new Map<number, number>();
  #highest: number | undefined;
  /** The first that the next report is to tell of. */
  #next: number | undefined;
  #count = 0;

  receive(sequence: number, nowMs: number): void {
    const number = unwrap(sequence, this.#highest ?? sequence);
    this.#highest = Math.max(this.#highest ?? number, number);
    this.#next ??= number;
    // Told of as lost already. The browser takes a loss for a loss.
    if (number < this.#next || this.#arrivals.has(number)) return;
    this.#arrivals.set(number, nowMs);
  }

  /** @returns the body of a report; `undefined` when nothing came since the last one */
  report(): Buffer | undefined {
    if (this.#next === undefined || this.#highest === undefined || this.#arrivals.size === 0) return undefined;
    const base = Math.max(this.#next, this.#highest - MAX_SPAN + 1);
    const count = this.#highest - base + 1;
    const firstMs = this.#firstArrival(base) ?? 0;
    const reference = Math.floor(firstMs / REFERENCE_MS);
    const symbols: number[] = [];
    const deltas: number[] = [];
    let lastTick = (reference * REFERENCE_MS) / TICK_MS;
    for (let number = base; number < base + count; number++) {
      const arrivalMs = this.#arrivals.get(number);
      if (arrivalMs === undefined) {
        symbols.push(NOT_RECEIVED);
        continue;
      }
      const tick = Math.round(arrivalMs / TICK_MS);
      const delta = Math.max(-0x8000, Math.min(0x7fff, tick - lastTick));
      lastTick += delta;
      symbols.push(delta >= 0 && delta <= 0xff ? SMALL_DELTA : LARGE_DELTA);
      deltas.push(delta);
    }
    this.#arrivals.clear();
    this.#next = this.#highest + 1;
    const body = encode({ base, count, reference, feedbackCount: this.#count, symbols, deltas });
    this.#count = (this.#count + 1) & 0xff;
    return body;
  }

  #firstArrival(base: number): number | undefined {
    for (let number = base; number <= (this.#highest ?? base); number++) {
      const arrivalMs = this.#arrivals.get(number);
      if (arrivalMs !== undefined) return arrivalMs;
    }
    return undefined;
  }
}

function encode(report: {
  base: number;
  count: number;
  reference: number;
  feedbackCount: number;
  symbols: readonly number[];
  deltas: readonly number[];
}): Buffer {
  const { base, count, reference, feedbackCount, symbols, deltas } = report;
  const chunks = Math.ceil(symbols.length / SYMBOLS_PER_CHUNK);
  const deltaBytes = deltas.reduce((sum, delta) => sum + (isSmall(delta) ? 1 : 2), 0);
  const body = Buffer.alloc((8 + chunks * 2 + deltaBytes + 3) & ~3);
  body.writeUInt16BE(base & 0xffff, 0);
  body.writeUInt16BE(count, 2);
  body.writeUIntBE(reference & 0xffffff, 4, 3);
  body.writeUInt8(feedbackCount, 7);
  let at = 8;
  for (let chunk = 0; chunk < chunks; chunk++) {
    // A vector of seven symbols, two bits each.
    let word = 0xc000;
    for (let index = 0; index < SYMBOLS_PER_CHUNK; index++) {
      word |= (symbols[chunk * SYMBOLS_PER_CHUNK + index] ?? NOT_RECEIVED) << (2 * (SYMBOLS_PER_CHUNK - 1 - index));
    }
    body.writeUInt16BE(word, at);
    at += 2;
  }
  for (const delta of deltas) at = isSmall(delta) ? body.writeUInt8(delta, at) : body.writeInt16BE(delta, at);
  return body;
}

function isSmall(delta: number): boolean {
  return delta >= 0 && delta <= 0xff;
}
