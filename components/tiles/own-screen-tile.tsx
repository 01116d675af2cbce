import { MonitorUp } from "lucide-react";
import { useCall, useCallSession, usePlayer } from "@/components/room/call-context";
import type { Screen } from "@/lib/call/screen";
import { ScreenFrame } from "./screen-frame";
import { TrackPicture } from "./track-picture";

const WHOLE = { fit: "contain", mirror: false } as const;

/**
 * That this person shares their screen, what of it, and the way to end it. Without their own sound; and of a whole screen no
 * picture, since this page would be in it, with the picture in it, and so on.
 */
export function OwnScreenTile({ screen }: { screen: Screen }) {
  const { screenShare } = useCallSession();
  const owner = usePlayer(screen.owner);
  const { isWholeScreen, status } = useCall((state) => state.share);
  const track = status === "off" ? undefined : screenShare.video;
  return (
    <ScreenFrame
      screen={screen}
      ownerName={owner?.name ?? ""}
      state={status === "on" ? "connected" : "connecting"}
      label="Your screen"
      hasAudio={screenShare.hasSound}
      hasVideo={track !== undefined}
    >
      {track && !isWholeScreen ? (
        <div className="absolute inset-0 opacity-35">
          <TrackPicture track={track} config={WHOLE} />
        </div>
      ) : null}
      <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 p-3 text-center @max-[15rem]:gap-1.5">
        <MonitorUp aria-hidden="true" className="size-7 text-accent @max-[15rem]:hidden" />
        <p className="font-medium @max-[15rem]:text-xs">You are sharing your screen</p>
        <button
          type="button"
          onClick={() => screenShare.stop()}
          className="rounded-xl bg-danger px-4 py-2 font-medium text-sm text-white transition-colors @max-[15rem]:px-2.5 @max-[15rem]:py-1 @max-[15rem]:text-xs hover:bg-danger-strong"
        >
          Stop sharing
        </button>
      </div>
    </ScreenFrame>
  );
}
