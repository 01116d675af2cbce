import { useStore } from "zustand";
import { parts } from "@/components/later/parts-code";
import { useIsSheet, useOpenPanel } from "./use-panels";

/**
 * Whether a panel lies over the call: nothing beneath it can be seen or reached then. Until the panel can be drawn it does not, and
 * what has the focus keeps it.
 */
export function useIsCallCovered(): boolean {
  const isSheet = useIsSheet();
  const isDrawn = useStore(parts.store, ({ module }) => module !== null);
  return useOpenPanel() !== null && isSheet && isDrawn;
}
