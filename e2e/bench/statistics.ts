export interface Spread {
  count: number;
  min: number;
  median: number;
  max: number;
}

/** @throws {Error} when there is nothing to describe */
export function spreadOf(samples: readonly number[]): Spread {
  const min = percentile(samples, 0);
  return { count: samples.length, min, median: percentile(samples, 50), max: percentile(samples, 100) };
}

/**
 * Between the two samples next to it where it is none of them.
 *
 * @param rank from 0 to 100
 * @throws {Error} when there are no samples
 */
export function percentile(samples: readonly number[], rank: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  const position = (rank / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new Error("There is no percentile of nothing.");
  return below + (above - below) * (position - Math.floor(position));
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 50);
}
