import { useEffect } from "react";
import { showMuted } from "@/components/devices/muted-toast";
import { useCallSession } from "@/components/room/call-context";
import { showToast } from "@/components/ui/toast";
import { hostName, isHostSelf, isMutedByHost } from "@/lib/call/selectors";

/** Says what a host did to this person, and that they are host now. */
export function HostToasts() {
  const session = useCallSession();

  useEffect(
    () =>
      session.store.subscribe((state, previous) => {
        // What was so at the entrance is no news.
        if (!state.stay || state.stay !== previous.stay) return;
        if (isMutedByHost(state) && !isMutedByHost(previous)) {
          showMuted(session, `${hostName(state) ?? "The host"} muted you`);
        }
        // Who comes back by a reload learns who the host is after the entrance.
        const isNews = previous.room.host !== null && !isHostSelf(previous);
        if (isHostSelf(state) && isNews) showToast("You are the host now", { id: "host" });
      }),
    [session],
  );

  return null;
}
