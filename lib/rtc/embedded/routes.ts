import * as v from "valibot";
import type { Topology } from "@/lib/contracts/relay";

/** Which way someone's media takes: from browser to browser, or through the server's relay. */
export const Route = v.picklist(["direct", "relay"]);
export type Route = v.InferOutput<typeof Route>;

/** A client's connection to the relay. `out`: it does not come about, and is tried again. */
export const RelayReach = v.picklist(["off", "trying", "up", "out"]);
export type RelayReach = v.InferOutput<typeof RelayReach>;

/** What a client says to another of the ways between them. */
export const Ways = v.object({
  relay: RelayReach,
  /** They do not reach each other directly. */
  isDirectOut: v.boolean(),
  /** Which way the other's media is taken just now. */
  takes: Route,
});
export type Ways = v.InferOutput<typeof Ways>;

type Reach = Pick<Ways, "relay" | "isDirectOut">;

/**
 * Which way media shall go between two clients. Both ends know the same of each other, and come to the same conclusion.
 *
 * In `auto` two people are linked directly: that is the shortest way, and the server has nothing to carry. From the third on
 * each would encode and send for every other; and where two do not reach each other, there is only the relay. It is no way
 * for one whose network does not let them to it.
 *
 * @param isCrowd there are more than two people in the room
 * @param theirs `undefined` before their first word
 */
export function routeFor({
  topology,
  isCrowd,
  mine,
  theirs,
}: {
  topology: Topology;
  isCrowd: boolean;
  mine: Reach;
  theirs: Reach | undefined;
}): Route {
  if (topology !== "auto") return topology;
  if (!isCrowd && !mine.isDirectOut && !theirs?.isDirectOut) return "direct";
  return mine.relay === "out" || theirs?.relay === "out" ? "direct" : "relay";
}
