import { useSyncExternalStore } from "react";
import { readLeftRoom } from "@/lib/call/visit-storage";
import type { RoomName } from "@/lib/contracts/identifiers";

const never = () => () => undefined;

/** The room that this tab has just left; the server knows none. */
export function useLeftRoom(): RoomName | undefined {
  return useSyncExternalStore(never, readLeftRoom, () => undefined);
}
