import { createStore } from "zustand/vanilla";
import { AppError } from "@/lib/app-error";
import type { RoomEvent } from "@/lib/contracts/events";
import type { Uid } from "@/lib/contracts/identifiers";
import type { Reaction } from "@/lib/contracts/members";

/** A sign that floats up a tile. As long as its animation in the style sheet. Milliseconds. */
const SHOWN_MS = 4000;
/** More than these of one person at a time would hide their face. */
const MAX_OF_ONE = 5;

export interface ShownReaction {
  /** Its own, for as long as the page stands. */
  key: number;
  uid: Uid;
  reaction: Reaction;
}

interface ReactionsState {
  shown: readonly ShownReaction[];
  /** The server asked this person to slow down: nothing is sent for a moment. */
  isPaused: boolean;
}

/** The signs that people show each other for a moment. */
export class Reactions {
  readonly store = createStore<ReactionsState>(() => ({ shown: [], isPaused: false }));
  readonly #post: (reaction: Reaction) => Promise<void>;
  #keys = 0;

  constructor(post: (reaction: Reaction) => Promise<void>) {
    this.#post = post;
  }

  /** Takes the room's events: one's own reactions come by them, too. */
  take(event: RoomEvent): void {
    if (event.type !== "reaction") return;
    const { shown } = this.store.getState();
    if (shown.filter(({ uid }) => uid === event.data.uid).length >= MAX_OF_ONE) return;
    const key = this.#keys++;
    this.store.setState({ shown: [...shown, { key, ...event.data }] });
    setTimeout(
      () => this.store.setState((state) => ({ shown: state.shown.filter((one) => one.key !== key) })),
      SHOWN_MS,
    );
  }

  /** @throws {AppError} `rate_limited`, once until the pause is over; `offline` and the others of a member's call */
  async send(reaction: Reaction): Promise<void> {
    if (this.store.getState().isPaused) return;
    try {
      await this.#post(reaction);
    } catch (error) {
      // One of several at once: the first has said it.
      if (this.store.getState().isPaused) return;
      if (error instanceof AppError && error.retryAfterSeconds !== undefined)
        this.#pause(error.retryAfterSeconds * 1000);
      throw error;
    }
  }

  #pause(pauseMs: number): void {
    this.store.setState({ isPaused: true });
    setTimeout(() => this.store.setState({ isPaused: false }), pauseMs);
  }
}
