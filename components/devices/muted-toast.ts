import { dismissToast, showToast } from "@/components/ui/toast";
import type { CallSession } from "@/lib/call/call-session";

const MUTED = "muted";

/** Says that this person is muted, for whatever reason, with the way out: one toast, so that nothing is asked twice. */
export function showMuted(session: CallSession, text: string): void {
  showToast(text, { id: MUTED, action: { label: "Unmute", onClick: () => void session.toggleMicrophone() } });
}

export function dismissMuted(): void {
  dismissToast(MUTED);
}
