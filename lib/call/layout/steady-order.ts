/**
 * What is wanted, with as few moves as possible: whatever stays keeps its place, what is new takes the places of what
 * has gone, and then comes last. After cloudflare/orange's `resolveRoster`.
 */
export function withFewestMoves<Item>(current: readonly Item[], wanted: readonly Item[]): Item[] {
  const isWanted = new Set(wanted);
  const isCurrent = new Set(current);
  const fresh = wanted.filter((item) => !isCurrent.has(item));
  const kept = current.flatMap((item) => {
    if (isWanted.has(item)) return [item];
    const next = fresh.shift();
    return next === undefined ? [] : [next];
  });
  return [...kept, ...fresh];
}

/**
 * The order after people came and went. Newcomers are last. Who goes from the first page (`front`) gives their place to the
 * first one who had none on it, so that nobody else there moves.
 */
export function withPresent<Item>(order: readonly Item[], present: readonly Item[], front: readonly Item[]): Item[] {
  const isPresent = new Set(present);
  const isInFront = new Set(front);
  const isKnown = new Set(order);
  const waiting = order.filter((item) => isPresent.has(item) && !isInFront.has(item));
  const vacated = order.filter((item) => !isPresent.has(item) && isInFront.has(item));
  const heirs = new Map(vacated.flatMap((item, index) => (index in waiting ? [[item, waiting[index]] as const] : [])));
  const isMoved = new Set(heirs.values());
  const kept = order.flatMap((item) => {
    const heir = heirs.get(item);
    if (heir !== undefined) return [heir];
    return isPresent.has(item) && !isMoved.has(item) ? [item] : [];
  });
  return [...kept, ...present.filter((item) => !isKnown.has(item))];
}

/** The order with two places exchanged. */
export function withSwapped<Item>(order: readonly Item[], one: Item, other: Item): Item[] {
  return order.map((item) => (item === one ? other : item === other ? one : item));
}
