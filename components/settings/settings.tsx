import * as Dialog from "@radix-ui/react-dialog";
import { SettingsIcon } from "lucide-react";
import { ControlButton } from "@/components/controls/control-button";
import { DialogContent } from "@/components/ui/dialog-content";
import { CameraSection } from "./camera-section";
import { ConnectionSection } from "./connection-section";
import { KeyboardSection } from "./keyboard-section";
import { MicrophoneSection } from "./microphone-section";
import { NoticesSection } from "./notices-section";
import { SpeakerSection } from "./speaker-section";

/** The button in the call's controls, and what it opens. A new kind of setting is a section of its own in here. */
export function Settings() {
  return (
    <Dialog.Root>
      <Dialog.Trigger asChild>
        <ControlButton label="Settings">
          <SettingsIcon />
        </ControlButton>
      </Dialog.Trigger>
      <DialogContent title="Settings">
        <CameraSection />
        <MicrophoneSection />
        <SpeakerSection />
        <NoticesSection />
        <KeyboardSection />
        <ConnectionSection />
      </DialogContent>
    </Dialog.Root>
  );
}
