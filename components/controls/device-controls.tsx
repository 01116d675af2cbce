import { Mic, MicOff, Video, VideoOff } from "lucide-react";
import { useCall, useCallSession } from "@/components/room/call-context";
import { ToggleControl } from "./control-button";

export function MicrophoneControl() {
  const session = useCallSession();
  const status = useCall((state) => state.microphone.status);
  return (
    <ToggleControl
      label="Microphone"
      shortcut="m"
      isOn={status === "on"}
      isBusy={status === "starting"}
      onClick={() => void session.toggleMicrophone()}
    >
      {status === "on" ? <Mic /> : <MicOff />}
    </ToggleControl>
  );
}

export function CameraControl() {
  const session = useCallSession();
  const status = useCall((state) => state.camera.status);
  return (
    <ToggleControl
      label="Camera"
      shortcut="v"
      isOn={status === "on"}
      isBusy={status === "starting"}
      onClick={() => void session.toggleCamera()}
    >
      {status === "on" ? <Video /> : <VideoOff />}
    </ToggleControl>
  );
}
