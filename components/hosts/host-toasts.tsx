import { useEffect } from "react";
import { useCall, useCallSession } from "@/components/room/call-context";
import { dismissToast, showToast } from "@/components/ui/toast";
import { hostName, isHostSelf, isMutedByHost } from "@/lib/call/selectors";

const MUTED = "muted-by-host";

/** Says what a host did to this person, and that they are host now. */
export function HostToasts() {
  const session = useCallSession();
  const isMicrophoneOn = useCall((state) => state.microphone.status === "on");

  useEffect(
    () =>
      session.store.subscribe((state, previous) => {
        // What was so at the entrance is no news.
        if (!state.stay || state.stay !== previous.stay) return;
        if (isMutedByHost(state) && !isMutedByHost(previous)) {
          showToast(`${hostName(state) ?? "The host"} muted you`, {
            id: MUTED,
            action: { label: "Unmute", onClick: () => void session.toggleMicrophone() },
          });
        }
        if (isHostSelf(state) && !isHostSelf(previous)) showToast("You are the host now", { id: "host" });
      }),
    [session],
  );

  useEffect(() => {
    if (isMicrophoneOn) dismissToast(MUTED);
  }, [isMicrophoneOn]);

  return null;
}
