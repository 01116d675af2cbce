import * as Dialog from "@radix-ui/react-dialog";
import { SettingsIcon, X } from "lucide-react";
import { ControlButton } from "@/components/controls/control-button";
import { CameraSection } from "./camera-section";
import { ConnectionSection } from "./connection-section";
import { MicrophoneSection } from "./microphone-section";
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
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/60 motion-safe:animate-fade-in" />
        <Dialog.Content
          aria-describedby={undefined}
          onPointerDownOutside={(event) => {
            // A toast lies above the dialog: reading or dismissing it is not turning away from the settings.
            if (event.target instanceof Element && event.target.closest("[data-sonner-toaster]"))
              event.preventDefault();
          }}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[88dvh] flex-col rounded-t-3xl bg-surface pb-[env(safe-area-inset-bottom)] shadow-2xl ring-1 ring-line motion-safe:animate-rise sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(30rem,92vw)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-3xl sm:motion-safe:animate-fade-in"
        >
          <header className="flex shrink-0 items-center justify-between py-3 pr-3 pl-6">
            <Dialog.Title className="font-semibold text-lg tracking-tight">Settings</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="rounded-full p-2.5 text-muted transition-colors hover:bg-raised hover:text-ink"
            >
              <X className="size-5" aria-hidden="true" />
            </Dialog.Close>
          </header>
          <div className="flex min-h-0 flex-col gap-6 overflow-y-auto overscroll-contain px-6 pt-1 pb-6">
            <CameraSection />
            <MicrophoneSection />
            <SpeakerSection />
            <ConnectionSection />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
