import type { CallState } from "@/lib/call/call-store";
import type { Uid } from "@/lib/contracts/identifiers";

/** A person's own picture, or a screen that they share: one person may have both. */
export type TileKind = "camera" | "screen";

/** What has a place of its own in the call's picture. */
export type TileId = `${TileKind}:${Uid}`;

export function tileIdOf(kind: TileKind, uid: Uid): TileId {
  return `${kind}:${uid}`;
}

/** What `tileIdOf` made an id of: the number was a uid, and is not parsed at each drawing. */
export function partsOf(id: TileId): { kind: TileKind; uid: Uid } {
  const [kind, digits] = id.split(":");
  return { kind: kind === "screen" ? "screen" : "camera", uid: Number(digits) as Uid };
}

/** Everything that may have a place: people by their coming, then screens by their beginning. */
export function tileIdsOf({ order, screenOrder }: Pick<CallState, "order" | "screenOrder">): TileId[] {
  return [...order.map((uid) => tileIdOf("camera", uid)), ...screenOrder.map((uid) => tileIdOf("screen", uid))];
}
