import { useStore } from "zustand";
import { useCallSession } from "@/components/room/call-context";
import type { NoticeKind } from "@/lib/call/notices/notice-preferences";
import { SettingsSection } from "./settings-section";

/** Whether comings, hands and messages are heard and said. */
export function NoticesSection() {
  return (
    <SettingsSection title="When someone comes, goes, raises a hand or writes">
      <NoticeSwitch kind="sounds" label="Play a quiet tone" />
      <NoticeSwitch kind="words" label="Say it in words" />
    </SettingsSection>
  );
}

function NoticeSwitch({ kind, label }: { kind: NoticeKind; label: string }) {
  const { notices } = useCallSession();
  const isOn = useStore(notices.store, (state) => state[kind]);
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => notices.turn(kind, event.target.checked)}
        className="size-5 shrink-0 accent-accent"
      />
      {label}
    </label>
  );
}
