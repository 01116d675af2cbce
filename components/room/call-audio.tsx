import { RemoteAudioTrack, useRTCClient } from "agora-rtc-react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { Uid } from "@/lib/contracts/identifiers";
import { useCallSession, usePlayer } from "./call-context";

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
  const trackId = usePlayer(uid)?.audioTrackId;
  const track = trackId ? client.remoteUsers.find((user) => user.uid === uid)?.audioTrack : undefined;
  return track ? <RemoteAudioTrack track={track} play /> : null;
}
