import * as Dialog from "@radix-ui/react-dialog";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { areShortcutsOn, storeShortcutsOn } from "@/lib/call/shortcut-preference";
import { SettingsSection } from "./settings-section";
import { ShortcutsContent } from "./shortcuts-content";

/** Which keys do what, and whether they do. */
export function KeyboardSection() {
  const [isOn, setIsOn] = useState(areShortcutsOn);
  const change = (next: boolean) => {
    storeShortcutsOn(next);
    setIsOn(next);
  };
  return (
    <SettingsSection title="Keyboard">
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => change(event.target.checked)}
          className="size-5 shrink-0 accent-accent"
        />
        Single-key shortcuts in the call
      </label>
      <Dialog.Root>
        <Dialog.Trigger asChild>
          <Button tone="quiet" className="h-10! self-start px-4! text-sm">
            Keyboard shortcuts
          </Button>
        </Dialog.Trigger>
        <ShortcutsContent />
      </Dialog.Root>
    </SettingsSection>
  );
}
