import { memo } from "react";
import { usePlayer } from "@/components/room/call-context";
import { partsOf, type TileId } from "@/lib/call/layout/tile-id";
import type { Uid } from "@/lib/contracts/identifiers";
import { LocalTile } from "./local-tile";
import { RemoteTile } from "./remote-tile";
import { ScreenTile } from "./screen-tile";

/** A person's tile, or that of a screen. Not drawn again with its place, which changes as people come and go. */
export const Tile = memo(function Tile({ id }: { id: TileId }) {
  const { kind, uid } = partsOf(id);
  return kind === "screen" ? <ScreenTile uid={uid} /> : <PersonTile uid={uid} />;
});

/** This one's own, or another's. */
function PersonTile({ uid }: { uid: Uid }) {
  const player = usePlayer(uid);
  if (!player) return null;
  return player.isLocal ? <LocalTile player={player} /> : <RemoteTile player={player} />;
}
