/** One size that a picture can be had in, with all of its frames or some. */
export interface Layer {
  bitsPerSecond: number;
  /** Pixels; `undefined` while no key frame has told. */
  height: number | undefined;
}

/** A picture that is wanted. */
export interface Wish {
  /** Pixels of the screen. */
  height: number;
  /** From the smallest; not empty. */
  layers: readonly Layer[];
  /** Which of them flows now; `null`: none. */
  current: number | null;
}

/** A layer may be a little smaller than its tile: nobody sees that, and the next one costs thrice as much. */
const ENOUGH = 0.75;
/** So many of it would have room. */
const PLENTY = 3;
/** Room that a larger layer must leave: it is never as even as it was measured. */
const ROOM_TO_RISE = 1.15;
/** A picture that moves is only stopped where that much of it has no room: estimates are a little wrong, stopping is not. */
const LEAST_TO_KEEP = 0.75;

/** The smallest layer that is large enough for its tile, with all of its frames; else the largest that there is. */
export function idealLayer({ height, layers }: Pick<Wish, "height" | "layers">): number {
  const enough = layers.find((layer) => layer.height !== undefined && layer.height >= height * ENOUGH)?.height;
  return enough === undefined ? layers.length - 1 : layers.findLastIndex((layer) => layer.height === enough);
}

/**
 * Shares a downlink among pictures. Each is first given its smallest layer, the largest tiles before the others, so that
 * where there is not enough it is the small tiles that stand still; what is left makes pictures larger step by step, again
 * the largest tiles first.
 *
 * @param budget bits a second for all of them together
 * @param mayRise whether what flows may be replaced by something larger now
 * @returns which layer of each, in their order; `null`: none
 */
export function chooseLayers(wishes: readonly Wish[], budget: number, mayRise: boolean): (number | null)[] {
  const order = wishes.map((wish, at) => ({ wish, at, ideal: idealLayer(wish) }));
  order.sort((one, other) => other.wish.height - one.wish.height);
  const chosen = new Array<number | null>(wishes.length).fill(null);
  let left = budget;
  for (const { wish, at } of order) {
    const isStopped = wish.current === null;
    const cost = costOf(wish, 0);
    if (cost * (isStopped ? 1 : LEAST_TO_KEEP) > left) continue;
    // Somebody who has just come, where there is plenty of room: that is no trial of how much the downlink bears.
    if (isStopped && !mayRise && cost * PLENTY > left) continue;
    chosen[at] = 0;
    left -= cost;
  }
  let hasRisen = true;
  while (hasRisen) {
    hasRisen = false;
    for (const { wish, at, ideal } of order) {
      const layer = chosen[at];
      if (layer === null || layer === undefined || layer >= ideal) continue;
      const isRise = layer + 1 > (wish.current ?? -1);
      const more = costOf(wish, layer + 1) - costOf(wish, layer);
      if (isRise && !mayRise) continue;
      if (more * (isRise ? ROOM_TO_RISE : 1) > left) continue;
      chosen[at] = layer + 1;
      left -= more;
      hasRisen = true;
    }
  }
  return chosen;
}

/**
 * What the pictures would cost with the one of them made larger that costs least to.
 *
 * @returns `undefined` when all are as large as they are wanted
 */
export function nextCost(wishes: readonly Wish[], chosen: readonly (number | null)[]): number | undefined {
  let cost = 0;
  let leastMore: number | undefined;
  for (const [at, wish] of wishes.entries()) {
    const layer = chosen[at] ?? -1;
    cost += costOf(wish, layer);
    if (layer >= idealLayer(wish)) continue;
    const more = costOf(wish, layer + 1) - costOf(wish, layer);
    leastMore = Math.min(leastMore ?? more, more);
  }
  return leastMore === undefined ? undefined : cost + leastMore;
}

function costOf({ layers }: Wish, index: number): number {
  return layers[index]?.bitsPerSecond ?? 0;
}
