import { type AgoraRTCReactError, useConnectionState } from "agora-rtc-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

/** The client tries for minutes without a word; after so long a person should know what they wait for. Milliseconds. */
const SLOW_MS = 10_000;

/** Why there is no sound and no picture yet: the join was refused, or takes long. */
export function MediaProblem({ error }: { error: AgoraRTCReactError | null }) {
  const isSlow = useIsSlowToConnect();
  if (!(error || isSlow)) return null;
  return (
    <div role="alert" className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 bg-raised px-4 py-3">
      <p>{error ? wordsFor(error) : SLOW_WORDS}</p>
      <Button tone="quiet" onClick={() => window.location.reload()}>
        Try again
      </Button>
    </div>
  );
}

const SLOW_WORDS =
  "The network that carries sound and picture can't be reached yet. A firewall may be in the way; this page goes on trying.";

function wordsFor(error: AgoraRTCReactError): string {
  const { rtcError } = error;
  const code = typeof rtcError === "string" ? rtcError : rtcError.code;
  // What the SDK says of a token or an app id that Agora does not take.
  if (code === "CAN_NOT_GET_GATEWAY_SERVER") {
    return "The service that carries sound and picture refused this call. Tell whoever runs this server: its Agora settings may be wrong.";
  }
  return "Sound and picture could not be started.";
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
