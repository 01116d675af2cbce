import * as Toolbar from "@radix-ui/react-toolbar";
import type { ComponentProps } from "react";

interface ControlProps extends Omit<ComponentProps<typeof Toolbar.Button>, "aria-label" | "title" | "className"> {
  /** The button's name: the same, pressed or not. */
  label: string;
}

const SHAPE =
  "inline-flex size-13 short:size-11 items-center justify-center rounded-full transition-colors [&>svg]:size-[22px] disabled:opacity-60";

const TONES = {
  quiet: "bg-raised text-ink hover:bg-line",
  danger: "bg-danger text-white hover:bg-danger-strong",
} as const;

/** A round button with a picture on it. Stands in a toolbar: one stop of the Tab key for all, arrow keys between them. */
export function ControlButton({ label, tone = "quiet", ...props }: ControlProps & { tone?: keyof typeof TONES }) {
  return <Toolbar.Button aria-label={label} title={label} className={`${SHAPE} ${TONES[tone]}`} {...props} />;
}

interface ToggleProps extends ControlProps {
  /** The key that does the same in the call. */
  shortcut: string;
  isOn: boolean;
  isBusy: boolean;
}

/** A round button that is on or off; lit the other way round when off, so that off is seen at a glance. */
export function ToggleControl({ label, shortcut, isOn, isBusy, ...props }: ToggleProps) {
  return (
    <Toolbar.Button
      aria-label={label}
      aria-pressed={isOn}
      aria-busy={isBusy}
      aria-keyshortcuts={shortcut}
      title={`${label} is ${isOn ? "on" : "off"} (${shortcut})`}
      className={`${SHAPE} ${isOn ? TONES.quiet : "bg-ink text-ground hover:bg-white"} ${isBusy ? "motion-safe:animate-pulse" : ""}`}
      {...props}
    />
  );
}
