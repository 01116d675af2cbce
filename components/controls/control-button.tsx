import type { ComponentProps } from "react";

interface ControlProps extends Omit<ComponentProps<"button">, "aria-label" | "title" | "className"> {
  /** The button's name: the same, pressed or not. */
  label: string;
}

const SHAPE =
  "inline-flex size-13 short:size-11 items-center justify-center rounded-full transition-colors [&>svg]:size-[22px] disabled:opacity-60";

const TONES = {
  quiet: "bg-raised text-ink hover:bg-line",
  danger: "bg-danger text-white hover:bg-danger-strong",
} as const;

/** A round button with a picture on it. */
export function ControlButton({ label, tone = "quiet", ...props }: ControlProps & { tone?: keyof typeof TONES }) {
  return <button type="button" aria-label={label} title={label} className={`${SHAPE} ${TONES[tone]}`} {...props} />;
}

/** A round button that is on or off; lit the other way round when off, so that off is seen at a glance. */
export function ToggleControl({ label, isOn, isBusy, ...props }: ControlProps & { isOn: boolean; isBusy: boolean }) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOn}
      aria-busy={isBusy}
      title={`${label} is ${isOn ? "on" : "off"}`}
      className={`${SHAPE} ${isOn ? TONES.quiet : "bg-ink text-ground hover:bg-white"} ${isBusy ? "motion-safe:animate-pulse" : ""}`}
      {...props}
    />
  );
}
