import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import { useCallSession } from "@/components/room/call-context";
import { useIsSheet } from "./use-panels";
import { useReturnedFocus } from "./use-returned-focus";

interface SidePanelProps {
  title: string;
  children: ReactNode;
}

/** A panel beside the call, or over it on a phone. Not modal beside it: the call goes on and can be used. */
export function SidePanel({ title, children }: SidePanelProps) {
  const { panels } = useCallSession();
  const isSheet = useIsSheet();
  const titleId = useId();
  const panel = useReturnedFocus();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing || event.defaultPrevented) return;
    event.stopPropagation();
    panels.close();
  };
  return (
    <section
      ref={panel}
      {...(isSheet ? { role: "dialog", "aria-modal": true } : { role: "complementary" })}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      className="flex w-80 shrink-0 flex-col bg-surface max-md:fixed max-md:inset-0 max-md:z-30 max-md:w-auto max-md:pt-[env(safe-area-inset-top)] max-md:pb-[env(safe-area-inset-bottom)] max-md:motion-safe:animate-rise md:border-line md:border-l lg:w-88"
    >
      <header className="flex h-15 shrink-0 items-center justify-between pr-2.5 pl-5 short:h-11">
        <h2 id={titleId} tabIndex={-1} className="font-semibold tracking-tight outline-none">
          {title}
        </h2>
        <button
          type="button"
          aria-label="Close"
          title="Close (Esc)"
          onClick={() => panels.close()}
          className="rounded-full p-2.5 text-muted transition-colors hover:bg-raised hover:text-ink"
        >
          <X className="size-5" aria-hidden="true" />
        </button>
      </header>
      {children}
    </section>
  );
}
