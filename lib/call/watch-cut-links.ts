import { MAX_UNREACHABLE_PEERS } from "@/lib/contracts/http";
import type { UnreachablePeer } from "@/lib/contracts/members";
import { obstacleTo } from "@/lib/rtc/inspect-link";
import type { CallState, CallStore } from "./call-store";
import { CutLinks } from "./cut-links";

const POLL_MS = 1000;

/**
 * Tells once a second whom this page cannot reach, while the server can hear it.
 *
 * @returns the disposer
 */
export function watchCutLinks(store: CallStore, tell: (unreachable: UnreachablePeer[]) => void): () => void {
  const links = new CutLinks();
  const timer = setInterval(() => {
    const state = store.getState();
    // Cut off itself, this page is no judge of others.
    if (state.isStreamConnected) tell(links.note(linksDown(state), performance.now()));
    else links.pause();
  }, POLL_MS);
  return () => clearInterval(timer);
}

function linksDown({ order, players, stay }: CallState): UnreachablePeer[] {
  const down = order.flatMap((uid) => {
    const player = players[uid];
    if (!stay || player?.link !== "down" || player.memberState !== "connected") return [];
    const obstacle = obstacleTo(stay.client, uid);
    return obstacle ? [{ uid, obstacle }] : [];
  });
  return down.slice(0, MAX_UNREACHABLE_PEERS);
}
