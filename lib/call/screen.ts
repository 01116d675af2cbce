import type { Uid } from "@/lib/contracts/identifiers";
import { type MediaState, NO_MEDIA, type Player, tileStateOf } from "./player";
import type { RosterChange } from "./roster";

/** A screen that someone in the room shares, as drawn. No person, but media of its own; its tile's name is its owner's. */
export interface Screen extends MediaState {
  uid: Uid;
  owner: Uid;
  /** This person's own. */
  isLocal: boolean;
}

export interface Screens {
  screens: Readonly<Record<Uid, Screen>>;
  /** In the order in which the shares began, as far as this page was there. */
  screenOrder: readonly Uid[];
}

export const NO_SCREENS: Screens = { screens: {}, screenOrder: [] };

/** Takes what the roster says of screens: a new share is last, those that go on keep their place and their media. */
export function withSharedScreens(before: Screens, { set, left }: RosterChange, self: Uid | undefined): Screens {
  const sharedBy = new Map(before.screenOrder.map((uid) => [before.screens[uid]?.owner, uid]));
  const screens = { ...before.screens };
  let order = before.screenOrder;
  const drop = (uid: Uid | undefined) => {
    if (uid === undefined) return;
    delete screens[uid];
    order = order.filter((other) => other !== uid);
  };
  for (const owner of left) drop(sharedBy.get(owner));
  for (const { uid: owner, screen: uid } of set) {
    const known = sharedBy.get(owner);
    if (known === (uid ?? undefined)) continue;
    drop(known);
    if (uid === null) continue;
    screens[uid] = { ...NO_MEDIA, uid, owner, isLocal: owner === self };
    order = [...order, uid];
  }
  return { screens: order === before.screenOrder ? before.screens : screens, screenOrder: order };
}

/** What a screen's tile says of its connection: its owner's page and its own media together. */
export function screenStateOf(screen: Screen, owner: Player) {
  return tileStateOf({ ...screen, memberState: owner.memberState });
}
