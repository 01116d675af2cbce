import { Lock } from "lucide-react";
import { useShallow } from "zustand/react/shallow";
import { useCall } from "@/components/room/call-context";
import { namesInRoom } from "@/lib/call/selectors";

/** More names than these are a crowd, and a number tells more. */
const MAX_NAMES = 5;

/** Who is in the room already, by name; of a locked one nothing but that. */
export function WhoIsThere() {
  const names = useCall(useShallow(namesInRoom));
  const isKnown = useCall((state) => state.isStreamConnected);
  const isLocked = useCall((state) => state.room.isLocked);
  const isEmpty = useCall((state) => state.room.host === null);
  if (!isKnown) return <p className="mt-1 text-muted">Opening the room…</p>;
  if (isLocked) return <LockedDoor isEmpty={isEmpty} />;
  if (names.length === 0) return <p className="mt-1 text-muted">Nobody is here yet.</p>;
  return (
    <p className="mt-1 text-muted">
      In the call: <bdi className="text-ink">{new Intl.ListFormat("en").format(shortened(names))}</bdi>
    </p>
  );
}

function LockedDoor({ isEmpty }: { isEmpty: boolean }) {
  return (
    <p className="mt-1 flex gap-2 text-muted">
      <Lock className="mt-1 size-4 shrink-0" aria-hidden="true" />
      <span>
        {isEmpty
          ? "This room is locked, and nobody is inside. It opens by itself within ten minutes."
          : "This room is locked. Someone inside must let you in."}
      </span>
    </p>
  );
}

function shortened(names: readonly string[]): readonly string[] {
  if (names.length <= MAX_NAMES) return names;
  return [...names.slice(0, MAX_NAMES - 1), `${names.length - MAX_NAMES + 1} others`];
}
