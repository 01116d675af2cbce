import { ScreenShare } from "lucide-react";
import { useCall, useCallSession } from "@/components/room/call-context";
import { canShareScreen } from "@/lib/media/screen-capture";
import { LitControl } from "./control-button";

/** Not there where the browser can't: on phones. */
export function ShareScreenControl() {
  const { screenShare } = useCallSession();
  const status = useCall((state) => state.share.status);
  if (!canShareScreen()) return null;
  return (
    <LitControl
      label="Share screen"
      shortcut="s"
      isOn={status === "connecting" || status === "on"}
      aria-busy={status === "choosing" || status === "connecting"}
      onClick={() => void screenShare.toggle()}
    >
      <ScreenShare />
    </LitControl>
  );
}
