import { useRTCClient } from "agora-rtc-react";
import { isHeard, type Player } from "@/lib/call/player";
import { TileFrame } from "./tile-frame";
import { TrackPicture } from "./track-picture";
import { useDrawnPicture } from "./use-drawn-picture";

/** Someone else's tile. Their sound is played elsewhere (`CallAudio`), so that it never depends on a tile. */
export function RemoteTile({ player }: { player: Player }) {
  const client = useRTCClient();
  const track = player.videoTrackId
    ? client.remoteUsers.find((user) => user.uid === player.uid)?.videoTrack
    : undefined;
  const frame = useDrawnPicture(player.uid);
  return (
    <div ref={frame} className="size-full">
      <TileFrame player={player} hasAudio={isHeard(player)} hasVideo={player.hasVideo}>
        {player.hasVideo && track ? <TrackPicture track={track} /> : null}
      </TileFrame>
    </div>
  );
}
