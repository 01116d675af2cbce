import type { ComponentProps } from "react";

const TONES = {
  accent: "bg-accent text-on-accent hover:bg-accent-strong",
  quiet: "bg-raised text-ink hover:bg-line",
} as const;

interface ButtonProps extends ComponentProps<"button"> {
  tone?: keyof typeof TONES;
}

/** Every button with words on it. */
export function Button({ tone = "accent", className = "", type = "button", ...props }: ButtonProps) {
  return (
    <button
      type={type}
      className={`inline-flex h-12 items-center justify-center gap-2 rounded-xl px-5 font-medium transition-colors aria-disabled:transition-none disabled:cursor-default  ${TONES[tone]} ${className}`}
      {...props}
    />
  );
}
