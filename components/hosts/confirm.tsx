import * as Dialog from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
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
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <DialogContent title={title} returnsTo={returnsTo}>
        <p className="text-muted">{children}</p>
        <div className="flex justify-end gap-3">
          <Button tone="quiet" onClick={onClose}>
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
