import { useConnectionState } from "agora-rtc-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import type { JoinProblem } from "@/lib/call/call-store";
import { useCall, useCallSession } from "./call-context";

/** The client tries for minutes without a word; after so long a person should know what they wait for. Milliseconds. */
const SLOW_MS = 10_000;

const WORDS: Record<JoinProblem, string> = {
  "app-unknown":
    "The service that carries sound and picture does not know this server's app. Tell whoever runs this server: its log says which setting to look at.",
  "token-refused":
    "The service that carries sound and picture does not take this server's keys. Tell whoever runs this server: its log says which setting to look at.",
  refused:
    "The service that carries sound and picture refused this call. Tell whoever runs this server: its log says where to look.",
  unreachable:
    "The network that carries sound and picture can't be reached yet. A firewall may be in the way: try another network. This page goes on trying.",
  unknown: "Sound and picture could not be started.",
};

/** Why there is no sound and no picture yet: the join was refused, or takes long. */
export function MediaProblem() {
  const session = useCallSession();
  const joinProblem = useCall((state) => state.joinProblem);
  const isSlow = useIsSlowToConnect();
  const problem = joinProblem ?? (isSlow ? "unreachable" : null);

  // Agora refuses browsers, not this server: whoever runs it learns of it here.
  useEffect(() => {
    if (problem && problem !== "unknown") session.reportProblem(problem);
  }, [session, problem]);

  if (!problem) return null;
  return (
    <div role="alert" className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 bg-raised px-4 py-3">
      <p>{WORDS[problem]}</p>
      <Button tone="quiet" onClick={() => window.location.reload()}>
        Try again
      </Button>
    </div>
  );
}

function useIsSlowToConnect(): boolean {
  const state = useConnectionState();
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (state !== "CONNECTING") return;
    const timer = setTimeout(() => setIsSlow(true), SLOW_MS);
    return () => {
      clearTimeout(timer);
      setIsSlow(false);
    };
  }, [state]);
  return isSlow;
}
