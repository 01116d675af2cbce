import type { Uid } from "@/lib/contracts/identifiers";

/** A person's own picture, or a screen that they share: one person may have both. */
export type TileKind = "camera" | "screen";

/** What has a place of its own in the call's picture. */
export type TileId = `${TileKind}:${Uid}`;

export function tileIdOf(kind: TileKind, uid: Uid): TileId {
  return `${kind}:${uid}`;
}
