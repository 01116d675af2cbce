import { useId, useState } from "react";
import { useCall, useCallSession } from "@/components/room/call-context";
import type { EffectKind } from "@/lib/media/effects/effect-storage";
import { effectObstacle } from "@/lib/media/effects/effect-support";

const LABELS: Record<EffectKind, string> = { blur: "Blur my background", noise: "Suppress noise" };
const STARTING: Record<EffectKind, string> = { blur: "Starting blur…", noise: "Starting…" };

const REASONS = {
  browser: "This browser can't do it.",
  graphics: "It needs graphics acceleration, which this browser has not.",
} as const;

/** Turns blur or noise suppression on and off; where it can't be had, the reason. */
export function EffectSwitch({ effect }: { effect: EffectKind }) {
  const { media } = useCallSession();
  const { isWanted, status } = useCall((state) => state.effects[effect]);
  const [obstacle] = useState(() => effectObstacle(effect));
  const hintId = useId();
  const hint = obstacle ? REASONS[obstacle] : status === "starting" ? STARTING[effect] : null;
  return (
    <div className="flex min-h-11 flex-col justify-center text-sm">
      <label className="flex items-center justify-between gap-4 py-1">
        {LABELS[effect]}
        <input
          type="checkbox"
          checked={isWanted}
          // What an earlier visit turned on can be turned off anywhere.
          disabled={obstacle !== null && !isWanted}
          aria-describedby={hint ? hintId : undefined}
          onChange={(event) => void media.turnEffect(effect, event.target.checked)}
          className="relative h-6 w-10.5 shrink-0 cursor-pointer appearance-none rounded-full border border-muted bg-ground transition-colors before:absolute before:top-[3px] before:left-[3px] before:size-4 before:rounded-full before:bg-muted before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-4.5 checked:before:bg-on-accent disabled:cursor-default disabled:opacity-50"
        />
      </label>
      {hint ? (
        <p id={hintId} role="status" className="text-muted text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
