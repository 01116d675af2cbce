import type { CallState, CallStore } from "@/lib/call/call-store";
import { displayNameOf } from "@/lib/call/name-marks";
import { Gathering } from "./gathering";
import { namesOf, type OnNotice } from "./notice";

type People = Pick<CallState, "order" | "players">;

interface Move {
  hasJoined: boolean;
  /** As typed: the same for who comes back under another uid. */
  name: string;
  shownAs: string;
}

/**
 * Tells who came and who left, in words. Not those who were there when this person came in, nor who reconnects or reloads
 * (their uid stays), nor who comes back under a new uid after the server forgot them.
 *
 * @returns the disposer
 */
export function watchComingsAndGoings(store: CallStore, onNotice: OnNotice): () => void {
  const moves = new Gathering<Move>((gathered) => {
    const joined = gathered.filter(({ hasJoined }) => hasJoined);
    const left = gathered.filter(({ hasJoined }) => !hasJoined);
    const [came, went] = [without(joined, left), without(left, joined)];
    const words = [
      came.length > 0 ? `${namesOf(came)} joined` : "",
      went.length > 0 ? `${namesOf(went)} left` : "",
    ].filter(Boolean);
    if (words.length > 0) onNotice({ words: words.join(", "), sound: came.length > 0 ? "joined" : "left" });
  });
  const stop = store.subscribe((state, previous) => {
    if (state.order === previous.order) return;
    // A stay that begins, or begins anew under another uid: everyone is there again.
    if (!state.stay || state.stay !== previous.stay || state.isRejoining) return;
    moves.add(...movesBetween(previous, state, true), ...movesBetween(state, previous, false));
  });
  return () => {
    stop();
    moves.dispose();
  };
}

/** Of those who are in one list of people and not in the other, this person aside. */
function movesBetween(list: People, others: People, hasJoined: boolean): Move[] {
  return others.order.flatMap((uid) => {
    const player = others.players[uid];
    if (!player || player.isLocal || uid in list.players) return [];
    return [{ hasJoined, name: player.name, shownAs: displayNameOf(others, uid) }];
  });
}

/** How those are shown who are not among the others, too. */
function without(moves: readonly Move[], others: readonly Move[]): string[] {
  const rest = others.map(({ name }) => name);
  return moves.flatMap(({ name, shownAs }) => {
    const found = rest.indexOf(name);
    if (found === -1) return [shownAs];
    rest.splice(found, 1);
    return [];
  });
}
