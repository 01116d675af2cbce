import { useStore } from "zustand";
import { useCallSession } from "@/components/room/call-context";
import { useMediaQuery } from "@/components/ui/use-media-query";
import type { PanelName } from "@/lib/call/panels";

/** Tailwind's `md`: below it a panel lies over the call, as a sheet. */
const NARROW = "(width < 48rem)";

export function useOpenPanel(): PanelName | null {
  return useStore(useCallSession().panels.store, (state) => state.open);
}

/** Whether there is no room for a panel beside the call. */
export function useIsSheet(): boolean {
  return useMediaQuery(NARROW);
}
