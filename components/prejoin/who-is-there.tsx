import { useShallow } from "zustand/react/shallow";
import { useCall } from "@/components/room/call-context";
import { namesInRoom } from "@/lib/call/selectors";

/** More names than these are a crowd, and a number tells more. */
const MAX_NAMES = 5;

/** Who is in the room already, by name. */
export function WhoIsThere() {
  const names = useCall(useShallow(namesInRoom));
  const isKnown = useCall((state) => state.isStreamConnected);
  if (!isKnown) return <p className="mt-1 text-muted">Opening the room…</p>;
  if (names.length === 0) return <p className="mt-1 text-muted">Nobody is here yet.</p>;
  return (
    <p className="mt-1 text-muted">
      In the call: <bdi className="text-ink">{new Intl.ListFormat("en").format(shortened(names))}</bdi>
    </p>
  );
}

function shortened(names: readonly string[]): readonly string[] {
  if (names.length <= MAX_NAMES) return names;
  return [...names.slice(0, MAX_NAMES - 1), `${names.length - MAX_NAMES + 1} others`];
}
