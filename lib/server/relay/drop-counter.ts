/** Why a packet that came was not used. */
export type DropReason =
  | "unknown-sender"
  | "malformed"
  | "bad-stun-signature"
  | "not-authentic"
  | "unknown-stream"
  | "before-dtls";

/** How many packets were dropped, by why: on an open port that is everyday, so it is counted and not logged. */
export class DropCounter {
  readonly #counts = new Map<DropReason, number>();

  count(reason: DropReason): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  get counts(): Partial<Record<DropReason, number>> {
    return Object.fromEntries(this.#counts);
  }
}
