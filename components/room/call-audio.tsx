import { RemoteAudioTrack, useRTCClient } from "agora-rtc-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { Uid } from "@/lib/contracts/identifiers";
import { playOn } from "@/lib/media/speaker";
import { useCall, useCallSession, usePlayer } from "./call-context";

/** Plays everyone's sound, whether their tile is drawn or not. */
export function CallAudio() {
  const { store } = useCallSession();
  const uids = useStore(
    store,
    useShallow((state) => state.order.filter((uid) => !state.players[uid]?.isLocal)),
  );
  return uids.map((uid) => <PlayerAudio key={uid} uid={uid} />);
}

function PlayerAudio({ uid }: { uid: Uid }) {
  const client = useRTCClient();
  const player = usePlayer(uid);
  const trackId = player?.audioTrackId;
  const track = trackId ? client.remoteUsers.find((user) => user.uid === uid)?.audioTrack : undefined;
  const speakerId = useCall((state) => state.deviceMenus.speaker.selectedId);
  useEffect(() => {
    if (track) void playOn(track, speakerId);
  }, [track, speakerId]);
  // Muted by a host: whatever their page sends, this one does not play it.
  if (player?.isMutedByHost) return null;
  return track ? <RemoteAudioTrack track={track} play /> : null;
}
