import type { IAgoraRTCClient } from "agora-rtc-react";
import { useEffect, useState } from "react";
import { useCallSession } from "@/components/room/call-context";
import { type ConnectionFigures, readConnectionFigures } from "@/lib/call/connection-figures";

const READ_MS = 1000;

/** The call's figures, read anew each second for as long as somebody looks. */
export function useConnectionFigures(client: IAgoraRTCClient): ConnectionFigures {
  const { store } = useCallSession();
  const [figures, setFigures] = useState(() => readConnectionFigures(client, store.getState()));
  useEffect(() => {
    const timer = setInterval(() => setFigures(readConnectionFigures(client, store.getState())), READ_MS);
    return () => clearInterval(timer);
  }, [client, store]);
  return figures;
}
