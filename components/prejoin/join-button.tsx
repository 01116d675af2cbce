import { useEffect, useRef } from "react";
import { useCall, useCallSession } from "@/components/room/call-context";
import { Button } from "@/components/ui/button";

/** The way in: a click, and at a locked door the wait for someone inside to open. */
export function JoinButton() {
  const phase = useCall((state) => state.phase);
  return phase === "knocking" ? <Waiting /> : <Join isJoining={phase === "joining"} />;
}

function Join({ isJoining }: { isJoining: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Back from a wait that was given up or refused: the button that had the focus is gone.
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <Button ref={button} type="submit" aria-busy={isJoining} aria-disabled={isJoining}>
      {isJoining ? "Joining…" : "Join now"}
    </Button>
  );
}

function Waiting() {
  const session = useCallSession();
  const isConnected = useCall((state) => state.isStreamConnected);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div className="flex items-center justify-between gap-4 rounded-xl bg-surface py-2 pr-2 pl-4">
      <p role="status" className="flex items-center gap-3">
        <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-accent motion-safe:animate-pulse" />
        {isConnected ? "Waiting to be let in…" : "Reconnecting…"}
      </p>
      <Button ref={button} tone="quiet" onClick={() => session.giveUpKnocking()}>
        Cancel
      </Button>
    </div>
  );
}
