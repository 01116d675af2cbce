import type { Uid } from "@/lib/contracts/identifiers";

interface Claim {
  heightPx: number;
}

/**
 * Which people's pictures are on the screen, and how large: told by the tiles, so that no picture is received that nobody
 * sees, and none larger than it is drawn. A picture may be drawn in two places at once.
 */
export class DrawnPictures {
  readonly #claims = new Map<Uid, Set<Claim>>();
  readonly #listeners = new Set<(uid: Uid) => void>();

  /**
   * Says that a picture is drawn, `heightPx` CSS pixels high.
   *
   * @returns what takes the word back
   */
  draw(uid: Uid, heightPx: number): () => void {
    const claim = { heightPx };
    const claims = this.#claims.get(uid) ?? new Set();
    this.#claims.set(uid, claims.add(claim));
    this.#tell(uid);
    return () => {
      claims.delete(claim);
      if (claims.size === 0 && this.#claims.get(uid) === claims) this.#claims.delete(uid);
      this.#tell(uid);
    };
  }

  /** CSS pixels, of the largest; `undefined` where the picture is not drawn. */
  heightOf(uid: Uid): number | undefined {
    const claims = this.#claims.get(uid);
    return claims && Math.max(...[...claims].map((claim) => claim.heightPx));
  }

  /** @returns the disposer */
  listen(listener: (uid: Uid) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(uid: Uid): void {
    for (const listener of this.#listeners) listener(uid);
  }
}
