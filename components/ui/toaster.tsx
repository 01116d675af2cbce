import type { CSSProperties } from "react";
import { Toaster as SonnerToaster, toast } from "sonner";
import type { ToastOptions } from "./toast";

/** After so long a toast goes by itself; a person reads two lines in half of it. Milliseconds. */
const SHOWN_MS = 7000;

/** The app's own colours, by the names that sonner's style sheet reads. */
const STYLE = {
  "--normal-bg": "var(--color-raised)",
  "--normal-border": "var(--color-line)",
  "--normal-text": "var(--color-ink)",
  "--width": "25rem",
  fontFamily: "inherit",
} as CSSProperties;

/** Only what is shown while `Toaster` stands is seen. */
export function show(text: string, { id, action, durationMs = SHOWN_MS }: ToastOptions): void {
  toast(text, { id, duration: durationMs, action });
}

export function dismiss(id: string): void {
  toast.dismiss(id);
}

/** Beneath the header, clear of the controls and of people's names. */
export function Toaster() {
  return (
    <SonnerToaster
      theme="dark"
      position="top-center"
      offset={{ top: "calc(env(safe-area-inset-top) + 3.75rem)" }}
      mobileOffset={{ top: "calc(env(safe-area-inset-top) + 3.75rem)", left: "0.75rem", right: "0.75rem" }}
      containerAriaLabel="Notices"
      closeButton
      style={STYLE}
      toastOptions={{
        classNames: {
          toast: "text-sm! rounded-2xl! shadow-xl! py-3!",
          closeButton:
            "static! order-last shrink-0 transform-none! border-0! bg-transparent! text-muted! size-8! [&>svg]:size-4",
          actionButton: "h-8! rounded-lg! bg-accent! px-3! text-on-accent! text-sm!",
        },
      }}
    />
  );
}
