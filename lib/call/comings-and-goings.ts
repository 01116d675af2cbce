import type { CallState, CallStore } from "./call-store";

/** People who come or go within so long are told of in one sentence. Milliseconds. */
const GATHER_MS = 1000;

type People = Pick<CallState, "order" | "players">;

/**
 * Tells who came and who left, in words. Not those who were there when this person came in, nor who reconnects or reloads
 * (their uid stays), nor who comes back under a new uid after the server forgot them.
 *
 * @returns the disposer
 */
export function watchComingsAndGoings(store: CallStore, onWords: (words: string) => void): () => void {
  let joined: string[] = [];
  let left: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = () => {
    timer = undefined;
    const words = wordsFor(without(joined, left), without(left, joined));
    joined = [];
    left = [];
    if (words) onWords(words);
  };

  const stop = store.subscribe((state, previous) => {
    if (state.order === previous.order) return;
    // A stay that begins, or begins anew under another uid: everyone is there again.
    if (!state.stay || state.stay !== previous.stay || state.isRejoining) return;
    joined.push(...namesMissingFrom(previous, state));
    left.push(...namesMissingFrom(state, previous));
    if (joined.length + left.length > 0) timer ??= setTimeout(tell, GATHER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** The names of those who are in one list of people and not in the other, this person aside. */
function namesMissingFrom(list: People, others: People): string[] {
  return others.order.flatMap((uid) => {
    const player = others.players[uid];
    return player && !player.isLocal && !(uid in list.players) ? [player.name] : [];
  });
}

function without(names: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return names.filter((name) => {
    const found = rest.indexOf(name);
    if (found === -1) return true;
    rest.splice(found, 1);
    return false;
  });
}

function wordsFor(joined: readonly string[], left: readonly string[]): string {
  return [joined.length > 0 ? `${namesOf(joined)} joined` : "", left.length > 0 ? `${namesOf(left)} left` : ""]
    .filter(Boolean)
    .join(", ");
}

function namesOf([first = "", second = "", ...more]: readonly string[]): string {
  if (!second) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} others`;
}
