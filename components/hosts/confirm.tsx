import * as Dialog from "@radix-ui/react-dialog";
import { type ReactNode, useRef } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent } from "@/components/ui/dialog-content";

export interface QuestionDialog {
  /** Takes the focus when it is answered. */
  returnsTo: HTMLElement | null;
  onClose: () => void;
}

interface ConfirmProps extends QuestionDialog {
  title: string;
  /** What the button does, in its own words. */
  action: string;
  onConfirm: () => void;
  /** What comes of it. */
  children: ReactNode;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, action, onConfirm, returnsTo, onClose, children }: ConfirmProps) {
  // A key pressed once too often does no harm.
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <DialogContent title={title} returnsTo={returnsTo} startsAt={cancel} words={children}>
        <div className="flex justify-end gap-3">
          <Button ref={cancel} tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            onClick={() => {
              onConfirm();
              onClose();
            }}
          >
            {action}
          </Button>
        </div>
      </DialogContent>
    </Dialog.Root>
  );
}
