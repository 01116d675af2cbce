"use client";

import { useDeferredValue, useEffect, useState } from "react";
import { useStore } from "zustand";
import { DeviceToasts } from "@/components/devices/device-toasts";
import { HostQuestions } from "@/components/hosts/host-questions";
import { PrejoinView } from "@/components/prejoin/prejoin-view";
import { Toasts } from "@/components/ui/toast";
import { CallSession } from "@/lib/call/call-session";
import type { RoomName } from "@/lib/contracts/identifiers";
import { CallContext } from "./call-context";
import { CallMedia } from "./call-media";
import { CallView } from "./call-view";
import { EndedView } from "./ended-view";
import { RoomSkeleton } from "./room-skeleton";

/** A room's page from opening it to leaving it. */
export function RoomScreen({ room }: { room: RoomName }) {
  const session = useCallSessionOf(room);
  if (!session) return <RoomSkeleton problem={null} />;
  return (
    <CallContext value={session}>
      <Screen room={room} session={session} />
      <Toasts />
      <DeviceToasts />
    </CallContext>
  );
}

/** One session for as long as the page stands; left when the person goes elsewhere in the app. */
function useCallSessionOf(room: RoomName): CallSession | null {
  const [session, setSession] = useState<CallSession | null>(null);
  useEffect(() => {
    const opened = new CallSession(room);
    setSession(opened);
    void opened.start();
    return () => void opened.leave();
  }, [room]);
  return session;
}

function Screen({ room, session }: { room: RoomName; session: CallSession }) {
  const phase = useStore(session.store, (state) => state.phase);
  const stay = useStore(session.store, (state) => state.stay);
  const problem = useStore(session.store, (state) => state.problem);
  const isResuming = useStore(session.store, (state) => state.isResuming);
  // The client joins before the call is drawn, since the others wait for that: to draw takes as long as half of the way in.
  const drawnStay = useDeferredValue(stay);
  if (phase === "ended") return <EndedView />;
  return (
    <>
      {stay ? <CallMedia key={stay.credentials.uid} stay={stay} /> : null}
      {stay && drawnStay ? (
        <HostQuestions key={drawnStay.credentials.uid}>
          <CallView room={room} stay={drawnStay} />
        </HostQuestions>
      ) : isResuming ? (
        <RoomSkeleton problem={problem} />
      ) : (
        <PrejoinView room={room} />
      )}
    </>
  );
}
