import { useCall, useCallSession, usePlayer } from "@/components/room/call-context";
import { showToast } from "@/components/ui/toast";
import { AppError } from "@/lib/app-error";
import type { HostActions } from "@/lib/call/host-actions";
import { isHostSelf } from "@/lib/call/selectors";
import type { Uid } from "@/lib/contracts/identifiers";
import { logWarning } from "@/lib/log";

/** Whether this person is the room's host. For drawing: the server checks every call. */
export function useIsHost(): boolean {
  return useCall(isHostSelf);
}

/** Whether this person hosts someone: is host, and they are somebody else. */
export function useIsHostOf(uid: Uid): boolean {
  const isOther = usePlayer(uid)?.isLocal === false;
  return useIsHost() && isOther;
}

/** Does what a host does; what the server says against it is shown. */
export function useHosting(): (action: (hosting: HostActions) => Promise<void>) => void {
  const { hosting } = useCallSession();
  return (action) => {
    action(hosting).catch((error: unknown) => {
      logWarning("What the host wanted was not done.", error);
      showToast(error instanceof AppError ? error.message : "That could not be done. Try again.", { id: "hosting" });
    });
  };
}
