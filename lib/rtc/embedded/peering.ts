import type { Peer } from "./signalling";

/**
 * Whether two clients have a link. Screens have none to each other, since neither has anything to see, and a page has none to
 * itself: what someone shares they see without one.
 */
export function areLinked(one: Peer, other: Peer): boolean {
  if (one.instance === other.instance || one.uid === other.uid) return false;
  return receivesMedia(one) || receivesMedia(other);
}

/** Whether anyone sends to this client: a screen is given, and gets nothing. */
export function receivesMedia({ role }: Pick<Peer, "role">): boolean {
  return role === "person";
}
