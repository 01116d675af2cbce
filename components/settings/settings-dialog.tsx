import * as Dialog from "@radix-ui/react-dialog";
import { DialogContent } from "@/components/ui/dialog-content";
import { CameraSection } from "./camera-section";
import { ConnectionSection } from "./connection-section";
import { KeyboardSection } from "./keyboard-section";
import { MicrophoneSection } from "./microphone-section";
import { NoticesSection } from "./notices-section";
import { SettingsButton } from "./settings-button";
import { SpeakerSection } from "./speaker-section";

/** The button and what it opens. A new kind of setting is a section of its own in here. */
export function SettingsDialog({ isOpenAtFirst }: { isOpenAtFirst: boolean }) {
  return (
    <Dialog.Root defaultOpen={isOpenAtFirst}>
      <Dialog.Trigger asChild>
        <SettingsButton />
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
