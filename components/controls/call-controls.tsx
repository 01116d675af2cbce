import { PhoneOff } from "lucide-react";
import { useCallSession } from "@/components/room/call-context";
import { Settings } from "@/components/settings/settings";
import { Toolbar } from "@/components/ui/toolbar";
import { CONTROL_SIZE, ControlButton } from "./control-button";
import { CopyLink } from "./copy-link";
import { CameraControl, MicrophoneControl } from "./device-controls";
import { DeviceProblems } from "./device-problems";
import { HandControl } from "./hand-control";
import { MoreControls } from "./more-controls";
import { ChatControl, PeopleControl } from "./panel-controls";
import { ReactionsControl } from "./reactions-control";
import { ShareNotice } from "./share-notice";
import { ShareScreenControl } from "./share-screen-control";

const FOOTER = "@container flex shrink-0 flex-col items-center gap-2 px-3 pt-3 pb-4 short:py-1.5";

/** The call's controls, and beneath the thumb of who holds a phone. */
export function CallControls() {
  const session = useCallSession();
  return (
    <footer className={FOOTER}>
      <DeviceProblems />
      <ShareNotice />
      <Toolbar
        label="Call controls"
        className="flex flex-wrap items-center justify-center gap-1.5 @2xl:gap-3 @xs:gap-2"
      >
        <MicrophoneControl />
        <CameraControl />
        <HandControl />
        <MoreControls>
          <ShareScreenControl />
          <ReactionsControl />
          <CopyLink />
          <Settings />
          <PeopleControl />
        </MoreControls>
        <ChatControl />
        <ControlButton label="Leave" tone="danger" onClick={() => void session.leave()}>
          <PhoneOff />
        </ControlButton>
      </Toolbar>
    </footer>
  );
}

/** Keeps their place until they are drawn: nothing moves when they are. */
export function CallControlsPlace() {
  return (
    <footer className={FOOTER}>
      {/* What there is to say of devices has its line, said or not. */}
      <div />
      <div className={CONTROL_SIZE} />
    </footer>
  );
}
