import { type ILocalVideoTrack, type IRemoteVideoTrack, useRTCClient } from "agora-rtc-react";
import { useEffect, useRef } from "react";
import { useCall, useCallSession, usePlayer } from "@/components/room/call-context";
import { Avatar } from "@/components/tiles/avatar";
import { useDrawnPicture } from "@/components/tiles/use-drawn-picture";
import type { Uid } from "@/lib/contracts/identifiers";

/** Someone's screen in the floating window. */
export function FloatingScreen({ uid }: { uid: Uid }) {
  const client = useRTCClient();
  const trackId = useCall((state) => state.screens[uid]?.videoTrackId);
  const track = trackId ? client.remoteUsers.find((user) => user.uid === uid)?.videoTrack : undefined;
  const frame = useDrawnPicture(uid);
  return (
    <div ref={frame} className="size-full bg-black [&>video]:object-contain">
      {track ? <TrackVideo key={trackId} track={track} /> : null}
    </div>
  );
}

/** One person in the floating window: their picture, else an avatar. */
export function FloatingPicture({ uid }: { uid: Uid }) {
  const player = usePlayer(uid);
  if (!player) return null;
  return player.isLocal ? <OwnPicture uid={uid} name={player.name} /> : <OthersPicture uid={uid} />;
}

function OwnPicture({ uid, name }: { uid: Uid; name: string }) {
  const { media } = useCallSession();
  const isOn = useCall((state) => state.camera.status === "on");
  const { track } = media.camera;
  return isOn && track ? (
    <div className="size-full -scale-x-100">
      <TrackVideo track={track} />
    </div>
  ) : (
    <Avatar uid={uid} name={name} />
  );
}

function OthersPicture({ uid }: { uid: Uid }) {
  const client = useRTCClient();
  const player = usePlayer(uid);
  const track = player?.videoTrackId ? client.remoteUsers.find((user) => user.uid === uid)?.videoTrack : undefined;
  const frame = useDrawnPicture(uid);
  if (!player) return null;
  return (
    <div ref={frame} className="relative size-full">
      {player.hasVideo && track ? (
        <TrackVideo key={player.videoTrackId} track={track} />
      ) : (
        <Avatar uid={uid} name={player.name} />
      )}
    </div>
  );
}

/** A second picture of a track: the SDK's `play` has one place for it, and that is the tile. */
function TrackVideo({ track }: { track: ILocalVideoTrack | IRemoteVideoTrack }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const show = () => {
      if (video.current) video.current.srcObject = new MediaStream([track.getMediaStreamTrack()]);
    };
    show();
    // Another camera, or the same one turned on again.
    track.on("track-updated", show);
    return () => track.off("track-updated", show);
  }, [track]);
  return <video ref={video} autoPlay playsInline muted className="size-full object-cover" />;
}
