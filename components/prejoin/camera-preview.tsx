import { useCall, useCallSession } from "@/components/room/call-context";
import { TrackPicture } from "@/components/tiles/track-picture";

/** The camera's picture, mirrored as in a mirror; words where there is none. */
export function CameraPreview() {
  const { media } = useCallSession();
  const status = useCall((state) => state.camera.status);
  const isBlurStarting = useCall((state) => state.effects.blur.status === "starting");
  const track = media.camera.track;
  return (
    <div
      data-testid="preview"
      className="relative flex aspect-video w-full items-center justify-center overflow-hidden rounded-2xl bg-surface ring-1 ring-line/60"
    >
      {status === "on" && track ? (
        <TrackPicture track={track} />
      ) : (
        <p className="pb-10 text-muted">
          {status === "off" ? "The camera is off" : isBlurStarting ? "Starting blur…" : "Starting the camera…"}
        </p>
      )}
    </div>
  );
}
