import { useConnectionState } from "agora-rtc-react";
import { useEffect } from "react";
import { loadToaster } from "@/components/ui/toast";
import { whenIdle } from "@/lib/when-idle";
import { parts } from "./parts-code";

/** Once the call is up and the browser idle, brings what the person has not opened yet, so that it opens at once. */
export function LoadWhenIdle() {
  const isUp = useConnectionState() === "CONNECTED";
  useEffect(() => {
    if (!isUp) return;
    return whenIdle(() => {
      void parts.load();
      loadToaster();
    });
  }, [isUp]);
  return null;
}
