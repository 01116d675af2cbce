import type { ReactNode } from "react";
import { useStore } from "zustand";
import { parts } from "@/components/later/parts-code";
import { useIsSheet, useOpenPanel } from "./use-panels";

/**
 * The call, of which nothing can be seen or reached while a panel lies over it. Until the panel can be drawn it does not, and what has the
 * focus keeps it. In a component of its own, so that a panel that is opened, or comes later, does not have the call drawn anew.
 */
export function CallUnderPanel({ children }: { children: ReactNode }) {
  const isSheet = useIsSheet();
  const isDrawn = useStore(parts.store, ({ module }) => module !== null);
  const isCovered = useOpenPanel() !== null && isSheet && isDrawn;
  return (
    <div inert={isCovered} className="flex min-w-0 flex-1 flex-col">
      {children}
    </div>
  );
}
