import { usePlayer } from "@/components/room/call-context";
import type { Uid } from "@/lib/contracts/identifiers";
import { LocalTile } from "./local-tile";
import { RemoteTile } from "./remote-tile";

/** One person's tile: this one's own, or another's. */
export function Tile({ uid }: { uid: Uid }) {
  const player = usePlayer(uid);
  if (!player) return null;
  return player.isLocal ? <LocalTile player={player} /> : <RemoteTile player={player} />;
}
