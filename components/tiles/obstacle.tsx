import { useCall } from "@/components/room/call-context";
import { obstacleOfTile } from "@/lib/call/connection-words";
import type { Uid } from "@/lib/contracts/identifiers";

/** What keeps someone from being reached from here. */
export function Obstacle({ uid }: { uid: Uid }) {
  return useCall((state) => obstacleOfTile(state, uid));
}
