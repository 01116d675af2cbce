import type { CallState, CallStore } from "./call-store";
import { displayNameOf } from "./name-marks";

/**
 * Tells, in words, who of the others begins to share their screen and who stops. Not of what was shared when this person came
 * in, nor of who leaves meanwhile: that is said itself.
 *
 * @returns the disposer
 */
export function watchScreens(store: CallStore, onWords: (words: string) => void): () => void {
  return store.subscribe((state, previous) => {
    if (state.screenOrder === previous.screenOrder || !state.stay || state.stay !== previous.stay) return;
    const [before, now] = [ownersOf(previous), ownersOf(state)];
    const tell = (owners: typeof now, words: string) => {
      for (const uid of owners) {
        const player = state.players[uid];
        if (player && !player.isLocal) onWords(`${displayNameOf(state, uid)} ${words}`);
      }
    };
    tell(
      before.filter((uid) => !now.includes(uid)),
      "stopped sharing their screen",
    );
    tell(
      now.filter((uid) => !before.includes(uid)),
      "started sharing their screen",
    );
  });
}

function ownersOf({ screenOrder, screens }: CallState) {
  return screenOrder.flatMap((uid) => screens[uid]?.owner ?? []);
}
