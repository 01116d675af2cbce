import type { CallStore } from "@/lib/call/call-store";
import { displayNameOf } from "@/lib/call/name-marks";
import type { Reactions, ShownReaction } from "@/lib/call/reactions";
import { namesOf } from "./notice";

/** A room that applauds must not drown what is said: reactions are told of so seldom. Milliseconds. */
const SELDOM_MS = 6000;

/**
 * Tells of others' reactions, for who does not see them: the first at once, and who else reacts in the next seconds together.
 *
 * @returns the disposer
 */
export function watchReactions(
  store: CallStore,
  reactions: Pick<Reactions, "store">,
  onWords: (words: string) => void,
): () => void {
  let waiting: ShownReaction[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = () => {
    const state = store.getState();
    const told = waiting;
    waiting = [];
    timer = told.length > 0 ? setTimeout(tell, SELDOM_MS) : undefined;
    const [first] = told;
    if (!first) return;
    const names = [...new Set(told.map(({ uid }) => displayNameOf(state, uid)))].filter(Boolean);
    if (names.length > 0) onWords(`${namesOf(names)}: ${first.reaction}`);
  };

  const stop = reactions.store.subscribe(({ shown }, previous) => {
    const { players } = store.getState();
    const news = shown.filter((one) => !previous.shown.includes(one) && !players[one.uid]?.isLocal);
    waiting.push(...news);
    if (news.length > 0 && timer === undefined) tell();
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
