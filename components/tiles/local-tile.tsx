import { useCall, useCallSession } from "@/components/room/call-context";
import type { Player } from "@/lib/call/player";
import { TileFrame } from "./tile-frame";
import { TrackPicture } from "./track-picture";

/** This person's own tile: the camera's picture, mirrored, and never their own sound. */
export function LocalTile({ player }: { player: Player }) {
  const { media } = useCallSession();
  const hasAudio = useCall((state) => state.microphone.status === "on");
  const hasVideo = useCall((state) => state.camera.status === "on");
  const track = media.camera.track;
  return (
    <TileFrame player={player} hasAudio={hasAudio} hasVideo={hasVideo}>
      {hasVideo && track ? <TrackPicture track={track} /> : null}
    </TileFrame>
  );
}
