import { RemoteAudioTrack, useRTCClient } from "agora-rtc-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { Uid } from "@/lib/contracts/identifiers";
import { playOn } from "@/lib/media/speaker";
import { useCall, useCallSession } from "./call-context";

/** Plays everyone's sound, and that of the screens that others share, whether their tile is drawn or not. */
export function CallAudio() {
  const { store } = useCallSession();
  const uids = useStore(
    store,
    useShallow(({ order, players, screenOrder, screens }) => [
      ...order.filter((uid) => !players[uid]?.isLocal),
      ...screenOrder.filter((uid) => !screens[uid]?.isLocal),
    ]),
  );
  return uids.map((uid) => <Sound key={uid} uid={uid} />);
}

function Sound({ uid }: { uid: Uid }) {
  const client = useRTCClient();
  const isMutedByHost = useCall((state) => state.players[uid]?.isMutedByHost);
  const trackId = useCall(({ players, screens }) => (players[uid] ?? screens[uid])?.audioTrackId);
  const track = trackId ? client.remoteUsers.find((user) => user.uid === uid)?.audioTrack : undefined;
  const speakerId = useCall((state) => state.deviceMenus.speaker.selectedId);
  useEffect(() => {
    if (track && !isMutedByHost) void playOn(track, speakerId);
  }, [track, speakerId, isMutedByHost]);
  // Muted by a host: whatever their page sends, this one does not play it.
  if (isMutedByHost) return null;
  return track ? <RemoteAudioTrack track={track} play /> : null;
}
