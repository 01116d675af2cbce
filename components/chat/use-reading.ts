import { useEffect } from "react";
import { useCallSession } from "@/components/room/call-context";
import { listen } from "@/lib/listen";

/** What comes while the component stands, in a tab that is seen, is read. */
export function useReading(): void {
  const { chat } = useCallSession();
  useEffect(() => {
    const note = () => chat.setReading(document.visibilityState === "visible");
    note();
    const stop = listen(document, "visibilitychange", note);
    return () => {
      stop();
      chat.setReading(false);
    };
  }, [chat]);
}
