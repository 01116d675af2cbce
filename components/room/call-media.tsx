import { type IAgoraRTCClient, type ILocalTrack, useJoin, usePublish } from "agora-rtc-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Stay } from "@/lib/call/call-store";
import { bridgeClientToStore } from "@/lib/call/client-bridge";
import { watchCutLinks } from "@/lib/call/watch-cut-links";
import { logWarning } from "@/lib/log";
import { useCall, useCallSession } from "./call-context";

/** Joins the client, publishes this person's tracks, and feeds the store from the client's events. Draws nothing. */
export function CallMedia({ stay }: { stay: Stay }): null {
  const session = useCallSession();
  const { store, pictures } = session;
  const { client, credentials } = stay;
  const { appId, room, token, uid } = credentials;
  const { error } = useJoin({ appid: appId, channel: room, token, uid }, true, client);
  usePublish(usePublishableTracks(client), true, client);
  useEffect(() => bridgeClientToStore(client, store, pictures), [client, store, pictures]);
  useEffect(() => watchCutLinks(store, (unreachable) => session.tellUnreachable(unreachable)), [store, session]);
  useEffect(() => session.noteJoinError(error?.rtcError), [session, error]);
  return null;
}

function usePublishableTracks(client: IAgoraRTCClient): Array<ILocalTrack | null> {
  const { media } = useCallSession();
  const isMicrophoneOn = useCall((state) => state.microphone.status === "on");
  const isCameraOn = useCall((state) => state.camera.status === "on");
  const microphone = usePublishable(client, media.microphone.track, isMicrophoneOn);
  const camera = usePublishable(client, media.camera.track, isCameraOn);
  // `usePublish` takes an array that is not the same one for a change.
  return useMemo(() => [microphone, camera], [microphone, camera]);
}

/**
 * A track from when it was first on, for as long as it lives: `usePublish` never publishes later what was off when it
 * first saw it, and never unpublishes what it is not given any more.
 */
function usePublishable<Track extends ILocalTrack>(
  client: IAgoraRTCClient,
  track: Track | undefined,
  isOn: boolean,
): Track | null {
  const [seen, setSeen] = useState<Track | null>(null);
  const current = isOn ? (track ?? null) : seen === track ? seen : null;
  if (current !== seen) setSeen(current);

  const published = useRef<Track | null>(null);
  useEffect(() => {
    const lost = published.current;
    published.current = current;
    if (!lost || lost === current) return;
    client.unpublish(lost).catch((error: unknown) => logWarning("A lost track could not be unpublished.", error));
  }, [client, current]);

  return current;
}
