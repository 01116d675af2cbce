import { useEffect } from "react";
import { useCall, useCallSession } from "@/components/room/call-context";
import { dismissToast, showToast } from "@/components/ui/toast";
import { type DeviceEvent, deviceEventText } from "@/lib/media/device-event";

const MUTED = "muted";
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
          showToast(text, { id: MUTED, action: { label: "Unmute", onClick: () => void session.toggleMicrophone() } });
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
    if (isMicrophoneOn) dismissToast(MUTED);
  }, [isMicrophoneOn]);

  return null;
}
