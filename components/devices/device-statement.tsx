import { useShallow } from "zustand/react/shallow";
import { useCall, useCallSession } from "@/components/room/call-context";
import { Button } from "@/components/ui/button";
import { browserOf } from "@/lib/media/browser";
import type { DeviceKind } from "@/lib/media/device-problem";
import { deviceStatements, type DeviceStatement as Statement } from "@/lib/media/device-problem-text";

/** What is wrong with this person's devices, for as long as it is. */
export function useDeviceStatements(): Statement[] {
  const problems = useCall(
    useShallow(({ microphone, camera }) => ({ microphone: microphone.problem, camera: camera.problem })),
  );
  return deviceStatements(problems, browserOf(navigator));
}

/** What is wrong with one device, beside its settings. */
export function DeviceTrouble({ kind }: { kind: DeviceKind }) {
  const problem = useCall((state) => state[kind].problem);
  const [statement] = deviceStatements({ microphone: null, camera: null, [kind]: problem }, browserOf(navigator));
  return statement ? <DeviceStatement {...statement} /> : null;
}

/** One thing that is wrong, what to do about it, and the button that tries again. */
export function DeviceStatement({ kinds, text, help, action }: Statement) {
  const { media } = useCallSession();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <p className="min-w-64 flex-1">
        {text} <span className="text-muted">{help}</span>
      </p>
      {action ? (
        <Button tone="quiet" className="h-9! px-3.5! text-sm" onClick={() => void media.retry(kinds)}>
          {action}
        </Button>
      ) : null}
    </div>
  );
}
