import { useConnectionState } from "agora-rtc-react";
import { LockControl } from "@/components/hosts/lock-control";
import { useCall } from "@/components/room/call-context";
import { FocusedHeading } from "@/components/ui/focused-heading";
import { HiddenSelf } from "@/components/view/hidden-self";
import { ViewControl } from "@/components/view/view-control";
import { type ConnectionState, connectionStateOf } from "@/lib/call/selectors";
import type { RoomName } from "@/lib/contracts/identifiers";

const WORDS: Record<ConnectionState, string> = {
  connecting: "Connecting…",
  connected: "Connected",
  reconnecting: "Reconnecting…",
  disconnected: "Disconnected",
};

const DOTS: Record<ConnectionState, string> = {
  connecting: "bg-muted",
  connected: "bg-speaking",
  reconnecting: "bg-warning motion-safe:animate-pulse",
  disconnected: "bg-danger",
};

const HEIGHT = "h-15 shrink-0 short:h-11";

/** Keeps its place until it is drawn. */
export function CallHeaderPlace() {
  return <div className={HEIGHT} />;
}

/** The room's name, how many are in it, how its connection is, and how one looks at it. */
export function CallHeader({ room }: { room: RoomName }) {
  return (
    <header className={`${HEIGHT} flex items-center justify-between gap-4 px-5 max-sm:gap-2 max-sm:px-3`}>
      <FocusedHeading className="min-w-0 truncate font-semibold tracking-tight outline-none" data-testid="room-name">
        {room}
      </FocusedHeading>
      <div className="flex shrink-0 items-center gap-4 text-sm text-muted max-sm:gap-3">
        <HiddenSelf />
        <LockControl />
        <PeopleCount />
        <ConnectionSign />
        <ViewControl />
      </div>
    </header>
  );
}

/** Apart, so that who comes and goes has nothing else of the header drawn. */
function PeopleCount() {
  const count = useCall((state) => state.order.length);
  return <span>{count === 1 ? "1 person" : `${count} people`}</span>;
}

function ConnectionSign() {
  const clientState = useConnectionState();
  const state = useCall((call) => connectionStateOf(call, clientState));
  return (
    <span role="status" data-testid="connection" data-state={state} className="flex items-center gap-2">
      <span aria-hidden="true" className={`size-2 rounded-full ${DOTS[state]}`} />
      {/* A phone's line has no room for good news. */}
      <span className={state === "connected" ? "max-sm:sr-only" : ""}>{WORDS[state]}</span>
    </span>
  );
}
