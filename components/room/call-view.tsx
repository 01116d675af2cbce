import { AgoraRTCProvider } from "agora-rtc-react";
import { CallControls } from "@/components/controls/call-controls";
import { TileStage } from "@/components/tiles/tile-stage";
import { PictureInPicture } from "@/components/view/picture-in-picture";
import type { Stay } from "@/lib/call/call-store";
import type { RoomName } from "@/lib/contracts/identifiers";
import { CallAudio } from "./call-audio";
import { CallHeader } from "./call-header";
import { CallMedia } from "./call-media";
import { CutPairsNotice } from "./cut-pairs-notice";

/** The call itself: everyone's tiles, and the controls under the thumb. */
export function CallView({ room, stay }: { room: RoomName; stay: Stay }) {
  return (
    <AgoraRTCProvider client={stay.client}>
      <CallMedia stay={stay} />
      <CallAudio />
      <PictureInPicture />
      <div className="flex h-dvh flex-col overflow-hidden pt-[env(safe-area-inset-top)] pr-[env(safe-area-inset-right)] pb-[env(safe-area-inset-bottom)] pl-[env(safe-area-inset-left)]">
        <CallHeader room={room} />
        <main className="min-h-0 flex-1 px-3">
          <TileStage />
        </main>
        <CutPairsNotice />
        <CallControls />
      </div>
    </AgoraRTCProvider>
  );
}
