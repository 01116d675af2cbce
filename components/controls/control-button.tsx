import type { ReactNode } from "react";

interface ControlProps {
  /** The button's name: the same, pressed or not. */
  label: string;
  onClick: () => void;
  children: ReactNode;
}

const SHAPE =
  "inline-flex size-13 items-center justify-center rounded-full transition-colors [&>svg]:size-[22px] disabled:opacity-60";

const TONES = {
  quiet: "bg-raised text-ink hover:bg-line",
  danger: "bg-danger text-white hover:bg-danger-strong",
} as const;

/** A round button with a picture on it. */
export function ControlButton({
  label,
  onClick,
  children,
  tone = "quiet",
}: ControlProps & { tone?: keyof typeof TONES }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick} className={`${SHAPE} ${TONES[tone]}`}>
      {children}
    </button>
  );
}

/** A round button that is on or off; lit the other way round when off, so that off is seen at a glance. */
export function ToggleControl({
  label,
  onClick,
  children,
  isOn,
  isBusy,
}: ControlProps & { isOn: boolean; isBusy: boolean }) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOn}
      aria-busy={isBusy}
      title={`${label} is ${isOn ? "on" : "off"}`}
      onClick={onClick}
      className={`${SHAPE} ${isOn ? TONES.quiet : "bg-ink text-ground hover:bg-white"} ${isBusy ? "motion-safe:animate-pulse" : ""}`}
    >
      {children}
    </button>
  );
}
