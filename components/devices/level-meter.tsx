import { useEffect, useRef } from "react";
import { useCall, useCallSession } from "@/components/room/call-context";

const POLL_MS = 100;
/** Finer ones are not seen, and each that is another is painted. */
const STEPS = 20;

/**
 * How loud the microphone is, live. Drawn past React, since ten times a second is no business of a render; and from step to step: to
 * glide it would have the whole page drawn at the screen's pace, which took a seventh of a processor (measured).
 */
export function LevelMeter() {
  const { media } = useCallSession();
  const isOn = useCall((state) => state.microphone.status === "on");
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => {
      const level = Math.min(1, media.microphone.track?.getVolumeLevel() ?? 0);
      if (bar.current) bar.current.style.transform = `scaleX(${Math.round(level * STEPS) / STEPS})`;
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [isOn, media]);

  return (
    <div
      data-testid="microphone-level"
      aria-hidden="true"
      className={`forced-color-adjust-none h-1.5 overflow-hidden rounded-full bg-raised ${isOn ? "" : "invisible"}`}
    >
      <div ref={bar} style={{ transform: "scaleX(0)" }} className="h-full origin-left bg-speaking" />
    </div>
  );
}
