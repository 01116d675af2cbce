import { X } from "lucide-react";
import { useState } from "react";
import { useCall } from "@/components/room/call-context";
import { deviceSentences } from "@/lib/media/device-problem-text";

/** What is wrong with the devices in the call, until it is mended or the person has read it. */
export function DeviceProblems() {
  const microphone = useCall((state) => state.microphone.problem);
  const camera = useCall((state) => state.camera.problem);
  const words = deviceSentences(microphone, camera).join(" ");
  const [read, setRead] = useState("");
  if (!words || words === read) return null;
  return (
    <div role="alert" className="flex max-w-2xl items-center gap-2 rounded-xl bg-surface py-1.5 pr-1.5 pl-4 text-sm">
      <p>{words}</p>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => setRead(words)}
        className="shrink-0 rounded-lg p-2 text-muted transition-colors hover:bg-raised hover:text-ink"
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </div>
  );
}
