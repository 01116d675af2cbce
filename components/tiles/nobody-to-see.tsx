import { useCall, useView } from "@/components/room/call-context";

/** In place of tiles for who is alone and hides their own. */
export function NobodyToSee() {
  const isAlone = useCall((state) => state.order.length === 1);
  const isHidden = useView((state) => state.selfView === "hidden");
  if (!(isAlone && isHidden)) return null;
  return (
    <p className="absolute inset-0 flex items-center justify-center p-6 text-center text-muted">
      Nobody else is here yet. Your own picture is hidden.
    </p>
  );
}
