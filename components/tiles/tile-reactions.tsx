import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useCallSession } from "@/components/room/call-context";
import type { Uid } from "@/lib/contracts/identifiers";

/** Where beside each other several float. Per cent of the tile's width. */
const LANES = [50, 34, 66, 22, 78];

/** The signs that a person shows just now. Said elsewhere (`ReactionWords`): nine tiles must not talk at once. */
export function TileReactions({ uid }: { uid: Uid }) {
  const { reactions } = useCallSession();
  const shown = useStore(
    reactions.store,
    useShallow((state) => state.shown.filter((reaction) => reaction.uid === uid)),
  );
  if (shown.length === 0) return null;
  return (
    <div aria-hidden="true" className="@container-[size] pointer-events-none absolute inset-0">
      {shown.map(({ key, reaction }) => (
        <span
          key={key}
          data-testid="reaction"
          className="absolute bottom-[18%] -translate-x-1/2 text-[max(1.5rem,min(18cqmin,3.5rem))] drop-shadow-lg motion-safe:animate-float-up"
          style={{ left: `${LANES[key % LANES.length]}%` }}
        >
          {reaction}
        </span>
      ))}
    </div>
  );
}
