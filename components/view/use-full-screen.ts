import { useSyncExternalStore } from "react";
import { isFullScreen, watchFullScreen } from "@/lib/call/layout/full-screen";

export function useIsFullScreen(): boolean {
  return useSyncExternalStore(watchFullScreen, isFullScreen, () => false);
}
