import { Hand } from "lucide-react";
import { MemberAction } from "@/components/hosts/member-menu";
import { useCallSession, usePlayer } from "@/components/room/call-context";
import type { Uid } from "@/lib/contracts/identifiers";
import { setHand } from "./set-hand";

/** Lowers someone's hand, in the host's menu of what can be done with them; nothing while it is down. */
export function LowerHandItem({ uid }: { uid: Uid }) {
  const session = useCallSession();
  const isRaised = usePlayer(uid)?.handRaisedAt != null;
  if (!isRaised) return null;
  return <MemberAction name="Lower hand" icon={Hand} onSelect={() => void setHand(session, false, uid)} />;
}
