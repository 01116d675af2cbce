import { useShallow } from "zustand/react/shallow";
import { useCall } from "@/components/room/call-context";
import { namesInRoom } from "@/lib/call/selectors";

/** Who is in the room already, by name. */
export function WhoIsThere() {
  const names = useCall(useShallow(namesInRoom));
  const isKnown = useCall((state) => state.isStreamConnected);
  if (!isKnown) return <p className="mt-1 text-muted">Opening the room…</p>;
  if (names.length === 0) return <p className="mt-1 text-muted">Nobody is here yet.</p>;
  return (
    <p className="mt-1 text-muted">
      In the call: <bdi className="text-ink">{new Intl.ListFormat("en").format(names)}</bdi>
    </p>
  );
}
