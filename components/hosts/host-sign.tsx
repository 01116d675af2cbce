import { Crown } from "lucide-react";
import { useCall } from "@/components/room/call-context";
import type { Uid } from "@/lib/contracts/identifiers";

/** Marks the room's host; nothing for everyone else. */
export function HostSign({ uid }: { uid: Uid }) {
  const isHost = useCall((state) => state.room.host === uid);
  if (!isHost) return null;
  return <Crown role="img" aria-label="Host" className="size-[1.15em] shrink-0 text-warning" />;
}
