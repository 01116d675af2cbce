import type { Uid } from "@/lib/contracts/identifiers";
import type { RosterChange } from "./roster";

/** So long a newcomer may be waited with: nobody sees it. Milliseconds. */
const HOLD_MS = 100;

interface NewsOptions {
  /** Whether someone who comes in is about to be answered by this page, or linked with it. */
  isToLink(uid: Uid): boolean;
  onNews(change: RosterChange): void;
}

/**
 * Tells the screen of the roster's changes; of someone who comes in only when they have been answered, or are linked, or after a moment.
 * To draw them takes this page as long as that, and the newcomer waits for it: their picture, and this one's with them, would be later
 * by it.
 */
export class RosterNews {
  readonly #options: NewsOptions;
  readonly #told = new Set<Uid>();
  /** The newcomer who is waited with, and what has changed since they came. */
  #held: RosterChange[] = [];
  #newcomer: Uid | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: NewsOptions) {
    this.#options = options;
  }

  put(change: RosterChange): void {
    const uid = newcomerIn(change);
    if (this.#newcomer === undefined && uid !== undefined && !this.#told.has(uid) && this.#options.isToLink(uid)) {
      this.#newcomer = uid;
      this.#timer = setTimeout(() => this.#release(), HOLD_MS);
    }
    this.#held.push(change);
    // All is told in the order in which it happened, whoever it is of.
    if (this.#newcomer === undefined || uid !== this.#newcomer) this.#release();
  }

  /** This page has said something to someone, or is linked with them. */
  noteSettled(uid: Uid): void {
    if (uid === this.#newcomer) this.#release();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#held = [];
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#newcomer = undefined;
    for (const change of this.#held.splice(0)) this.#tell(change);
  }

  #tell(change: RosterChange): void {
    for (const { uid } of change.set) this.#told.add(uid);
    for (const uid of change.left) this.#told.delete(uid);
    this.#options.onNews(change);
  }
}

/** Whose coming a change may be: that of one person alone. */
function newcomerIn({ set: [only, ...others], left }: RosterChange): Uid | undefined {
  return others.length === 0 && left.length === 0 ? only?.uid : undefined;
}
