import { useRTCClient } from "agora-rtc-react";
import { useCall, usePlayer } from "@/components/room/call-context";
import { tileIdOf } from "@/lib/call/layout/tile-id";
import type { TileState } from "@/lib/call/player";
import { type Screen, screenStateOf } from "@/lib/call/screen";
import { tileNameOf } from "@/lib/call/selectors";
import type { Uid } from "@/lib/contracts/identifiers";
import { OwnScreenTile } from "./own-screen-tile";
import { ScreenFrame } from "./screen-frame";
import { TrackPicture } from "./track-picture";
import { useDrawnPicture } from "./use-drawn-picture";

/** The tile of a screen: this person's own, or another's. */
export function ScreenTile({ uid }: { uid: Uid }) {
  const screen = useCall((state) => state.screens[uid]);
  if (!screen) return null;
  return screen.isLocal ? <OwnScreenTile screen={screen} /> : <OthersScreenTile screen={screen} />;
}

/** All of it, as large as the tile. Its sound is played elsewhere (`CallAudio`). */
const WHOLE = { fit: "contain", mirror: false } as const;

function OthersScreenTile({ screen }: { screen: Screen }) {
  const client = useRTCClient();
  const owner = usePlayer(screen.owner);
  const frame = useDrawnPicture(screen.uid);
  const label = useCall((state) => tileNameOf(state, tileIdOf("screen", screen.uid)));
  const track = screen.videoTrackId
    ? client.remoteUsers.find((user) => user.uid === screen.uid)?.videoTrack
    : undefined;
  if (!owner) return null;
  const state = screenStateOf(screen, owner);
  const isShown = screen.hasVideo && track !== undefined;
  return (
    <div ref={frame} className="size-full">
      <ScreenFrame
        screen={screen}
        ownerName={owner.name}
        state={state}
        label={label}
        hasAudio={screen.hasAudio}
        hasVideo={screen.hasVideo}
      >
        <div className={`absolute inset-0 ${state === "reconnecting" ? "opacity-40 grayscale" : ""}`}>
          {isShown ? <TrackPicture track={track} config={WHOLE} /> : null}
        </div>
        <ScreenStatus words={wordsFor(screen, state)} />
      </ScreenFrame>
    </div>
  );
}

function ScreenStatus({ words }: { words: string | null }) {
  if (!words) return null;
  return (
    <p className="absolute inset-x-2 top-1/2 mx-auto w-fit -translate-y-1/2 rounded-lg bg-ground/85 px-3 py-1.5 text-center text-sm text-warning @max-[15rem]:px-2 @max-[15rem]:py-1 @max-[15rem]:text-xs">
      {words}
    </p>
  );
}

function wordsFor(screen: Screen, state: TileState): string | null {
  switch (state) {
    case "connecting":
      return "Connecting…";
    case "reconnecting":
      return "Reconnecting…";
    case "unreachable":
      return "Can't be reached from here";
    case "connected":
      if (screen.isSoundOnly) return "The network is too poor for the picture";
      return screen.isPictureBroken ? "This browser cannot show it" : null;
    default:
      return state satisfies never;
  }
}
