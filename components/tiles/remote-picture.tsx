import { type IRemoteVideoTrack, RemoteVideoTrack, type VideoPlayerConfig } from "agora-rtc-react";
import { useLayoutEffect } from "react";
import { PlayerSlot } from "./player-slot";

interface RemotePictureProps {
  track: IRemoteVideoTrack;
  /** The same one each time: another has the SDK begin to play anew. */
  config?: VideoPlayerConfig;
}

/**
 * Someone's picture, played by the SDK, and stopped before its element leaves the page. One that leaves while it plays is paused by the
 * browser; the SDK plays it again at that, and where the picture has lost its source by then the error is caught by nobody.
 */
export function RemotePicture({ track, config }: RemotePictureProps) {
  // React runs this before it takes the element away. The SDK's component stops it when there is time.
  useLayoutEffect(() => () => track.stop(), [track]);
  return (
    <PlayerSlot>
      <RemoteVideoTrack track={track} play {...(config && { videoPlayerConfig: config })} />
    </PlayerSlot>
  );
}
