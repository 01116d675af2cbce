import * as Dialog from "@radix-ui/react-dialog";
import { useCallback, useState } from "react";
import { ShortcutsContent } from "@/components/settings/shortcuts-content";
import { useShortcuts } from "./use-shortcuts";

/** The call's keys, and their list when `?` is pressed. */
export function KeyboardShortcuts() {
  const [isListed, setIsListed] = useState(false);
  useShortcuts(useCallback(() => setIsListed(true), []));
  return (
    <Dialog.Root open={isListed} onOpenChange={setIsListed}>
      <ShortcutsContent />
    </Dialog.Root>
  );
}
