import { useEffect, useRef } from "react";
import { useCallSession } from "@/components/room/call-context";

/**
 * This person's own picture as in a mirror, beside the tile that shows it already: the SDK plays a track in one place at a
 * time.
 */
export function MirroredVideo() {
  const { media } = useCallSession();
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    const track = media.camera.track;
    const element = video.current;
    if (!(track && element)) return;
    const show = (picture: MediaStreamTrack | undefined) => {
      element.srcObject = picture ? new MediaStream([picture]) : null;
    };
    show(track.getMediaStreamTrack());
    // Another camera.
    track.on("track-updated", show);
    return () => {
      track.off("track-updated", show);
      element.srcObject = null;
    };
  }, [media]);

  return (
    <video
      ref={video}
      muted
      autoPlay
      playsInline
      className="aspect-video h-full -scale-x-100 rounded-xl object-cover"
    />
  );
}
