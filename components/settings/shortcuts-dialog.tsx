import * as Dialog from "@radix-ui/react-dialog";
import { ShortcutsContent } from "./shortcuts-content";

/** The list of keys, opened by one of them. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <ShortcutsContent />
    </Dialog.Root>
  );
}
