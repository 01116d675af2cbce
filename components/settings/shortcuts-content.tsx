import { DialogContent } from "@/components/ui/dialog-content";
import { SHORTCUTS } from "@/lib/call/shortcuts";

/** The list of keys, as a dialog's content. */
export function ShortcutsContent() {
  return (
    <DialogContent title="Keyboard shortcuts">
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-3">
        {SHORTCUTS.map(({ action, keyName, words }) => (
          <div key={action} className="contents">
            <dt>
              <kbd className="inline-block min-w-8 rounded-lg bg-raised px-2.5 py-1 text-center font-sans text-sm ring-1 ring-line">
                {keyName}
              </kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p className="text-muted text-sm">They wait while you type. You can turn them off in the settings.</p>
    </DialogContent>
  );
}
