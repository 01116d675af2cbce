import { useCallback, useState } from "react";
import { Later } from "@/components/later/later";
import { parts } from "@/components/later/parts-code";
import { useShortcuts } from "./use-shortcuts";

/** The call's keys, and their list when `?` is pressed. */
export function KeyboardShortcuts() {
  const [isListed, setIsListed] = useState(false);
  useShortcuts(useCallback(() => setIsListed(true), []));
  const close = () => setIsListed(false);
  if (!isListed) return null;
  return (
    <Later code={parts} isWanted onGiveUp={close}>
      {({ ShortcutsDialog }) => <ShortcutsDialog onClose={close} />}
    </Later>
  );
}
