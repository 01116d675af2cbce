import { Lock, LockOpen } from "lucide-react";
import { useCall } from "@/components/room/call-context";
import { useHosting, useIsHost } from "./use-hosting";

/** Whether the room is locked, in the call's header: a switch for the host, a sign for everyone else. */
export function LockControl() {
  const isHost = useIsHost();
  return isHost ? <LockButton /> : <LockSign />;
}

function LockButton() {
  const perform = useHosting();
  const isLocked = useCall((state) => state.room.isLocked);
  const Icon = isLocked ? Lock : LockOpen;
  return (
    <button
      type="button"
      aria-label="Lock room"
      aria-pressed={isLocked}
      title={isLocked ? "Open the room" : "Lock the room: who comes has to knock"}
      onClick={() => perform((hosting) => hosting.lock(!isLocked))}
      className={`inline-flex h-9 items-center gap-2 rounded-lg px-2.5 text-sm transition-colors ${isLocked ? "bg-accent text-on-accent hover:bg-accent-strong" : "bg-raised text-ink hover:bg-line"}`}
    >
      <Icon className="size-[18px]" aria-hidden="true" />
      <span aria-hidden="true" className="max-md:hidden">
        {isLocked ? "Locked" : "Lock"}
      </span>
    </button>
  );
}

function LockSign() {
  const isLocked = useCall((state) => state.room.isLocked);
  if (!isLocked) return null;
  return (
    <span title="The room is locked: who comes has to knock" className="inline-flex">
      <Lock role="img" aria-label="Room locked" className="size-[18px]" />
    </span>
  );
}
