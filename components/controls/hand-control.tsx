import { Hand } from "lucide-react";
import { toggleHand } from "@/components/hands/set-hand";
import { useCall, useCallSession } from "@/components/room/call-context";
import { LitControl } from "./control-button";

export function HandControl() {
  const session = useCallSession();
  const isRaised = useCall(({ players, stay }) => {
    const self = stay ? players[stay.credentials.uid] : undefined;
    return self !== undefined && self.handRaisedAt !== null;
  });
  return (
    <LitControl label="Raise hand" shortcut="h" isOn={isRaised} onClick={() => void toggleHand(session)}>
      <Hand />
    </LitControl>
  );
}
