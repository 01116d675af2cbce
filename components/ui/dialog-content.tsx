import * as Dialog from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import { type ReactNode, type RefObject, useId, useRef } from "react";

interface DialogContentProps {
  title: string;
  /** Takes the focus afterwards, where what has it now goes: the item of a menu. */
  returnsTo?: HTMLElement | null;
  /** Has the focus at first; else the first thing that can have it. */
  startsAt?: RefObject<HTMLElement | null>;
  /** What a screen reader is to read with the title, before anything else. */
  words?: ReactNode;
  children: ReactNode;
}

/** What a dialog of Radix opens: a sheet from below on a phone, a card in the middle elsewhere. */
export function DialogContent({ title, returnsTo = null, startsAt, words, children }: DialogContentProps) {
  const wordsId = useId();
  const before = useRef<Element | null>(null);
  return (
    <Dialog.Portal>
      <Dialog.Overlay className="fixed inset-0 z-40 bg-black/60 motion-safe:animate-fade-in" />
      <Dialog.Content
        aria-describedby={words === undefined ? undefined : wordsId}
        onOpenAutoFocus={(event) => {
          before.current = returnsTo ?? document.activeElement;
          if (!startsAt?.current) return;
          event.preventDefault();
          startsAt.current.focus();
        }}
        onCloseAutoFocus={() => {
          const opener = before.current;
          // After Radix, which gives the focus back to what opened the dialog if that is a trigger of its own: a key or a menu is none.
          queueMicrotask(() => {
            if (opener instanceof HTMLElement && document.activeElement === document.body) opener.focus();
          });
        }}
        onPointerDownOutside={(event) => {
          // A toast lies above the dialog: reading or dismissing it is not turning away from the dialog.
          if (event.target instanceof Element && event.target.closest("[data-sonner-toaster]")) event.preventDefault();
        }}
        className="fixed inset-x-0 bottom-0 z-50 flex max-h-[88dvh] flex-col rounded-t-3xl bg-surface pb-[env(safe-area-inset-bottom)] shadow-2xl ring-1 ring-line motion-safe:animate-rise sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(30rem,92vw)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-3xl sm:motion-safe:animate-fade-in"
      >
        <header className="flex shrink-0 items-center justify-between py-3 pr-3 pl-6">
          <Dialog.Title className="font-semibold text-lg tracking-tight">{title}</Dialog.Title>
          <Dialog.Close
            aria-label="Close"
            className="rounded-full p-2.5 text-muted transition-colors hover:bg-raised hover:text-ink"
          >
            <X className="size-5" aria-hidden="true" />
          </Dialog.Close>
        </header>
        <div className="flex min-h-0 flex-col gap-6 overflow-y-auto overscroll-contain px-6 pt-1 pb-6">
          {words === undefined ? null : (
            <p id={wordsId} className="text-muted">
              {words}
            </p>
          )}
          {children}
        </div>
      </Dialog.Content>
    </Dialog.Portal>
  );
}
