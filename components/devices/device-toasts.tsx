import { useEffect } from "react";
import { useCall, useCallSession } from "@/components/room/call-context";
import { dismissToast, showToast } from "@/components/ui/toast";
import { isMutedByHost } from "@/lib/call/selectors";
import { type DeviceEvent, deviceEventText } from "@/lib/media/device-event";
import { dismissMuted, showMuted } from "./muted-toast";

const SILENT = "microphone-silent";

/** Says what happens to the devices, before joining and in the call. */
export function DeviceToasts() {
  const session = useCallSession();
  const isMicrophoneOn = useCall((state) => state.microphone.status === "on");

  useEffect(() => {
    const say = (event: DeviceEvent) => {
      const text = deviceEventText(event);
      if (event.type === "microphone-heard") dismissToast(SILENT);
      if (text === null) return;
      switch (event.type) {
        case "talking-while-muted":
          // Before joining nobody listens anyway.
          if (session.store.getState().phase !== "joined") return;
          showMuted(session, isMutedByHost(session.store.getState()) ? "The host muted you" : text);
          return;
        case "microphone-silent":
          showToast(text, { id: SILENT, durationMs: Number.POSITIVE_INFINITY });
          return;
        case "microphone-heard":
          return;
        case "effect-off":
          showToast(text, { id: `effect-${event.effect}` });
          return;
        default:
          showToast(text, { id: `device-${event.kind}` });
      }
    };
    return session.media.onEvent(say);
  }, [session]);

  useEffect(() => {
    if (isMicrophoneOn) dismissMuted();
  }, [isMicrophoneOn]);

  return null;
}
