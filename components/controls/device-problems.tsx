import { X } from "lucide-react";
import { DeviceStatement, useDeviceStatements } from "@/components/devices/device-statement";
import { useCallSession } from "@/components/room/call-context";

/** What is wrong with the devices in the call, until it is mended or the person leaves it at that. */
export function DeviceProblems() {
  const { media } = useCallSession();
  const statements = useDeviceStatements();
  if (statements.length === 0) return null;
  const dismiss = () => {
    media.microphone.acceptProblem();
    media.camera.acceptProblem();
  };
  return (
    <div
      role="alert"
      className="flex w-full max-w-2xl items-start gap-2 rounded-2xl bg-surface p-1.5 pl-4 ring-1 ring-line/60"
    >
      <div className="flex flex-1 flex-col gap-3 py-1.5">
        {statements.map((statement) => (
          <DeviceStatement key={statement.text} {...statement} />
        ))}
      </div>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={dismiss}
        className="shrink-0 rounded-xl p-2.5 text-muted transition-colors hover:bg-raised hover:text-ink"
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </div>
  );
}
