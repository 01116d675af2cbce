import { X } from "lucide-react";
import { useCall, useCallSession } from "@/components/room/call-context";
import { screenProblemWords } from "@/lib/media/screen-problem";

/** What keeps this person's screen from the others: for as long as it does, or until it has been read. */
export function ShareNotice() {
  const isWaiting = useCall(({ share, isStreamConnected }) => share.status === "connecting" && !isStreamConnected);
  return (
    <>
      <ShareProblem />
      {/* Always there: a screen reader says what changes in a status, not a status that appears. */}
      <p role="status" aria-label="Your screen" className="text-muted text-sm not-empty:pb-1">
        {isWaiting ? "The server can't be reached. Your screen will be shared when it is back." : ""}
      </p>
    </>
  );
}

function ShareProblem() {
  const { screenShare } = useCallSession();
  const problem = useCall((state) => state.share.problem);
  if (!problem) return null;
  const { text, help } = screenProblemWords(problem);
  return (
    <div
      role="alert"
      className="flex w-full max-w-2xl items-start gap-2 rounded-2xl bg-surface p-1.5 pl-4 text-sm ring-1 ring-line/60"
    >
      <p className="flex-1 py-2">
        {text} <span className="text-muted">{help}</span>
      </p>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => screenShare.acceptProblem()}
        className="shrink-0 rounded-xl p-2.5 text-muted transition-colors hover:bg-raised hover:text-ink"
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </div>
  );
}
