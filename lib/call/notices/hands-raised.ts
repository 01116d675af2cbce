import type { CallStore } from "@/lib/call/call-store";
import { displayNameOf } from "@/lib/call/name-marks";
import type { Uid } from "@/lib/contracts/identifiers";
import { Gathering } from "./gathering";
import { namesOf, type OnNotice } from "./notice";

/** Tells of others' hands that go up; not of those that were up when this person came. @returns the disposer */
export function watchHands(store: CallStore, onNotice: OnNotice): () => void {
  const raised = new Gathering<Uid>((uids) => {
    const state = store.getState();
    // Who lowered it at once, or left, has nothing to say any more.
    const still = [...new Set(uids)].filter((uid) => state.players[uid]?.handRaisedAt != null);
    if (still.length === 0) return;
    const names = namesOf(still.map((uid) => displayNameOf(state, uid)));
    onNotice({ words: still.length === 1 ? `${names} raised a hand` : `${names} raised hands`, sound: "hand" });
  });
  const stop = store.subscribe((state, previous) => {
    if (state.players === previous.players) return;
    if (!state.stay || state.stay !== previous.stay || state.isRejoining) return;
    const news = state.order.filter((uid) => {
      const [before, now] = [previous.players[uid], state.players[uid]];
      return before && now && !now.isLocal && before.handRaisedAt === null && now.handRaisedAt !== null;
    });
    raised.add(...news);
  });
  return () => {
    stop();
    raised.dispose();
  };
}
