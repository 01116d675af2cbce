import { useEffect, useRef } from "react";
import { useCall, useCallSession } from "@/components/room/call-context";

const POLL_MS = 80;

/** How loud the microphone is, live. Drawn past React: ten times a second is no business of a render. */
export function LevelMeter() {
  const { media } = useCallSession();
  const isOn = useCall((state) => state.microphone.status === "on");
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => {
      const level = media.microphone.track?.getVolumeLevel() ?? 0;
      if (bar.current) bar.current.style.transform = `scaleX(${Math.min(1, level).toFixed(3)})`;
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [isOn, media]);

  return (
    <div
      data-testid="microphone-level"
      aria-hidden="true"
      className={`forced-color-adjust-none h-1.5 overflow-hidden rounded-full bg-raised ${isOn ? "" : "invisible"}`}
    >
      <div
        ref={bar}
        style={{ transform: "scaleX(0)" }}
        className="h-full origin-left bg-speaking motion-safe:transition-transform motion-safe:duration-75"
      />
    </div>
  );
}
