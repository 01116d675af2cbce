import { Signal, SignalLow } from "lucide-react";

/** One bar of five. */
export function PoorNetworkSign() {
  return (
    <span
      role="img"
      aria-label="Poor network"
      className="relative size-[1.15em] shrink-0 text-warning [&>svg]:size-full"
    >
      <Signal className="absolute inset-0 opacity-35" />
      <SignalLow className="absolute inset-0 stroke-3" />
    </span>
  );
}
