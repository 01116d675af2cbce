/** Sequence numbers of RTP go round (RFC 3550 §A.1); so do time stamps, at their own size. */
const SEQUENCES = 2 ** 16;

/** @returns the number without going round: of all that end in `value`, the one nearest to `reference` */
export function unwrap(value: number, reference: number, size: number = SEQUENCES): number {
  const difference = modulo(value - reference, size);
  return reference + (difference < size / 2 ? difference : difference - size);
}

export function modulo(value: number, size: number = SEQUENCES): number {
  return ((value % size) + size) % size;
}
