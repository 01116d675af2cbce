import { Hand } from "lucide-react";
import { useCall } from "@/components/room/call-context";
import { handPlaceOf } from "@/lib/call/hands";
import type { Uid } from "@/lib/contracts/identifiers";

/** That a person's hand is up, and whose turn they are. */
export function HandSign({ uid }: { uid: Uid }) {
  const place = useCall((state) => handPlaceOf(state, uid));
  if (place === null) return null;
  return (
    <span
      role="img"
      aria-label={`Hand raised, number ${place}`}
      data-testid="hand"
      data-place={place}
      className="-my-0.5 inline-flex h-6 shrink-0 items-center gap-1 rounded-full bg-warning px-2 font-semibold text-ground text-xs tabular-nums"
    >
      <Hand className="size-3.5" aria-hidden="true" />
      {place}
    </span>
  );
}
