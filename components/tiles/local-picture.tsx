import { type ILocalVideoTrack, LocalVideoTrack, type VideoPlayerConfig } from "agora-rtc-react";
import { PlayerSlot } from "./player-slot";

interface LocalPictureProps {
  track: ILocalVideoTrack;
  /** The same one each time: another has the SDK begin to play anew. */
  config?: VideoPlayerConfig;
}

/** What this person's own camera or screen shows, played by the SDK. */
export function LocalPicture({ track, config }: LocalPictureProps) {
  return (
    <PlayerSlot>
      <LocalVideoTrack track={track} play {...(config && { videoPlayerConfig: config })} />
    </PlayerSlot>
  );
}
