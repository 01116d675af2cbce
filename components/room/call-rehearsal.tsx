import type { IAgoraRTCClient } from "agora-rtc-react";
import { Activity, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useStore } from "zustand";
import type { RoomName } from "@/lib/contracts/identifiers";
import { whenIdle } from "@/lib/when-idle";
import { callCode } from "./call-code";
import { useCallSession } from "./call-context";

/**
 * Draws the call once for nobody, while the person looks at themselves: what a browser runs for the first time takes it longer, and
 * that would be in the middle of the join. It is drawn on no page and without effects, so nothing of it asks, plays or listens;
 * in small pieces, when there is nothing else to do; and is gone as soon as it is there.
 */
export function CallRehearsal({ room }: { room: RoomName }) {
  const session = useCallSession();
  const { module } = useStore(callCode.store);
  const [stage, setStage] = useState<Stage | null>(null);

  useEffect(() => {
    if (!module) return;
    let observer: MutationObserver | undefined;
    const cancel = whenIdle(() => {
      const element = document.createElement("div");
      // React tells nobody when what is hidden has been drawn.
      observer = new MutationObserver(() => setStage(null));
      observer.observe(element, { childList: true });
      setStage({ element, client: session.newIdleClient() });
    });
    return () => {
      cancel();
      observer?.disconnect();
    };
  }, [module, session]);

  if (!module || !stage) return null;
  const { CallView } = module;
  return createPortal(
    <Activity mode="hidden">
      <CallView room={room} client={stage.client} />
    </Activity>,
    stage.element,
  );
}

interface Stage {
  element: HTMLElement;
  client: IAgoraRTCClient;
}
