import { X } from "lucide-react";
import { useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { cutPairSentences } from "@/lib/call/connection-words";
import { untoldPairs } from "@/lib/call/cut-pairs";
import { useCall } from "./call-context";

/** Who in the room cannot reach whom, for those whose tiles do not show it; until it is so no more, or has been read. */
export function CutPairsNotice() {
  const [read, setRead] = useState<readonly string[]>([]);
  const cut = useCall(useShallow((state) => untoldPairs(state).map(({ key }) => key)));
  const sentences = useCall(useShallow((state) => cutPairSentences(state, (key) => read.includes(key))));
  // A pair that is cut again is news again.
  const stillRead = read.filter((key) => cut.includes(key));
  if (stillRead.length < read.length) setRead(stillRead);

  const isShown = sentences.length > 0;
  return (
    <div
      className={
        isShown
          ? "mx-auto mt-2 flex max-w-[calc(100%-1.5rem)] items-start gap-1 rounded-xl bg-surface py-1 pr-1 pl-4 text-muted text-sm"
          : ""
      }
    >
      {/* Always there: a screen reader says what changes in a status, not a status that appears. */}
      <div role="status" aria-label="Connections between others" className="py-1">
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {isShown ? (
        <button
          type="button"
          aria-label="Dismiss"
          onClick={() => setRead(cut)}
          className="shrink-0 rounded-lg p-2 transition-colors hover:bg-raised hover:text-ink"
        >
          <X className="size-4" aria-hidden="true" />
        </button>
      ) : null}
    </div>
  );
}
