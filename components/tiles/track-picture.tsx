import type { ILocalVideoTrack, IRemoteVideoTrack, VideoPlayerConfig } from "agora-rtc-react";
import { useLayoutEffect, useRef } from "react";

interface TrackPictureProps {
  track: ILocalVideoTrack | IRemoteVideoTrack;
  /** The same one each time: another begins to play anew. */
  config?: VideoPlayerConfig;
}

/**
 * What a camera or a screen shows, somebody else's or one's own, played by the SDK.
 *
 * It begins in the step in which it is drawn: the SDK's own components stop the track first, are drawn a second time and play then, after
 * everyone's sound; and a player that comes too late for the first frame waits for the next. It is stopped before its element leaves
 * the page: one that leaves while it plays is paused by the browser; the SDK plays it again at that, and where the picture has lost its
 * source by then the error is caught by nobody.
 */
export function TrackPicture({ track, config }: TrackPictureProps) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // Of its own, and leaves the page before what is around it does. The SDK (4.24) asks what plays a track for the size of its video
    // until that has one: for ever, where it was stopped before. So it is kept, and it would keep the page that it was a part of.
    const player = document.createElement("div");
    player.className = "size-full";
    place.current?.append(player);
    track.play(player, config);
    return () => {
      track.stop();
      player.remove();
    };
  }, [track, config]);
  return <div ref={place} className="size-full" />;
}
