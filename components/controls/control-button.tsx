import type { ComponentProps } from "react";
import { ToolbarButton } from "@/components/ui/toolbar";

interface ControlProps extends Omit<ComponentProps<"button">, "aria-label" | "title" | "className"> {
  /** The button's name: the same, pressed or not. */
  label: string;
}

export const CONTROL_SIZE = "size-13 @max-[22rem]:size-11 short:size-11";

const SHAPE = `${CONTROL_SIZE} relative inline-flex shrink-0 items-center justify-center rounded-full transition-colors [&>svg]:size-[22px] disabled:opacity-60`;

const TONES = {
  quiet: "bg-raised text-ink hover:bg-line",
  danger: "bg-danger text-white hover:bg-danger-strong",
} as const;

/** A round button with a picture on it. Stands in a toolbar: one stop of the Tab key for all, arrow keys between them. */
export function ControlButton({
  label,
  tone = "quiet",
  children,
  ...props
}: ControlProps & { tone?: keyof typeof TONES }) {
  return (
    <ToolbarButton aria-label={label} title={label} className={`${SHAPE} ${TONES[tone]}`} {...props}>
      {children}
      <Caption label={label} />
    </ToolbarButton>
  );
}

interface LitProps extends ControlProps {
  /** The key that does the same in the call. */
  shortcut: string;
  isOn: boolean;
}

/** A round button for what is off by itself, and lit while it is on. */
export function LitControl({ label, shortcut, isOn, children, ...props }: LitProps) {
  return (
    <ToolbarButton
      aria-label={label}
      aria-pressed={isOn}
      aria-keyshortcuts={shortcut}
      title={`${label} (${shortcut})`}
      className={`${SHAPE} ${isOn ? "bg-accent text-on-accent hover:bg-accent-strong" : TONES.quiet}`}
      {...props}
    >
      {children}
      <Caption label={label} />
    </ToolbarButton>
  );
}

/** On the shelf of a phone, where nothing hovers over a button to read its title. */
function Caption({ label }: { label: string }) {
  return (
    <span
      aria-hidden="true"
      className="absolute top-full hidden pt-1 text-center text-[11px] text-muted leading-tight in-data-shelf:block @2xl:hidden!"
    >
      {label}
    </span>
  );
}

interface ToggleProps extends ControlProps {
  /** The key that does the same in the call. */
  shortcut: string;
  isOn: boolean;
  isBusy: boolean;
}

/** A round button for what is on by itself; lit the other way round when off, so that off is seen at a glance. */
export function ToggleControl({ label, shortcut, isOn, isBusy, ...props }: ToggleProps) {
  return (
    <ToolbarButton
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
