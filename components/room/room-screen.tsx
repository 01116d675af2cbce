"use client";

import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { DeviceToasts } from "@/components/devices/device-toasts";
import { Later } from "@/components/later/later";
import { PrejoinView } from "@/components/prejoin/prejoin-view";
import { Toasts } from "@/components/ui/toast";
import { CallSession } from "@/lib/call/call-session";
import type { RoomName } from "@/lib/contracts/identifiers";
import { listen } from "@/lib/listen";
import { whenPageIdle } from "@/lib/when-idle";
import { callCode } from "./call-code";
import { CallContext } from "./call-context";
import { CallMedia } from "./call-media";
import { CallRehearsal } from "./call-rehearsal";
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

/**
 * Brings what draws the call: at once for who is on their way in; else when the page is idle, or before, when the person begins to
 * move.
 */
function useCallCode(isOnTheWayIn: boolean): void {
  useEffect(() => {
    const load = () => void callCode.load();
    if (isOnTheWayIn) return load();
    const stops = [whenPageIdle(load), listen(window, "pointermove", load), listen(window, "keydown", load)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [isOnTheWayIn]);
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
  useCallCode(isResuming || phase === "joining" || phase === "knocking");
  // The client joins before the call is drawn, and the call is drawn in one go (not deferred by React, in pieces): then it is there when
  // the others' answers come.
  const [drawnStay, setDrawnStay] = useState(stay);
  useEffect(() => setDrawnStay(stay), [stay]);
  if (phase === "ended") return <EndedView />;
  return (
    <>
      {stay ? <CallMedia key={stay.credentials.uid} stay={stay} /> : null}
      {stay && drawnStay ? (
        <Later code={callCode} isWanted onGiveUp={() => void session.leave()} stub={<RoomSkeleton problem={null} />}>
          {({ CallView }) => <CallView key={drawnStay.credentials.uid} room={room} client={drawnStay.client} />}
        </Later>
      ) : isResuming ? (
        <RoomSkeleton problem={problem} />
      ) : (
        <>
          <PrejoinView room={room} />
          {phase === "ready" ? <CallRehearsal room={room} /> : null}
        </>
      )}
    </>
  );
}
