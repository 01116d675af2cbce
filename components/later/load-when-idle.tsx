import { useConnectionState } from "agora-rtc-react";
import { useEffect } from "react";
import { loadToaster } from "@/components/ui/toast";
import { prepareInitials } from "@/lib/initials";
import { whenPageIdle } from "@/lib/when-idle";
import { parts } from "./parts-code";

/**
 * Brings what the person has not opened yet, so that it opens at once: some time after the call is up, since its first pictures
 * come before that, and once the browser is idle.
 */
export function LoadWhenIdle() {
  const isUp = useConnectionState() === "CONNECTED";
  useEffect(() => {
    if (!isUp) return;
    return whenPageIdle(() => {
      void parts.load();
      loadToaster();
      prepareInitials();
    });
  }, [isUp]);
  return null;
}
