import { AgoraRTCProvider, type IAgoraRTCClient } from "agora-rtc-react";
import { useEffect, useRef } from "react";
import { UnreadTitle } from "@/components/chat/unread-title";
import { CallControls, CallControlsPlace } from "@/components/controls/call-controls";
import { KeyboardShortcuts } from "@/components/controls/keyboard-shortcuts";
import { HostQuestions } from "@/components/hosts/host-questions";
import { HostToasts } from "@/components/hosts/host-toasts";
import { KnocksNotice } from "@/components/hosts/knocks-notice";
import { LoadWhenIdle } from "@/components/later/load-when-idle";
import { CallUnderPanel } from "@/components/panels/call-under-panel";
import { OpenPanel } from "@/components/panels/open-panel";
import { TileStage } from "@/components/tiles/tile-stage";
import { useKeptFocus } from "@/components/ui/use-kept-focus";
import { PictureInPicture } from "@/components/view/picture-in-picture";
import { keepScreenAwake } from "@/lib/call/wake-lock";
import type { RoomName } from "@/lib/contracts/identifiers";
import { Announcer, ReactionWords } from "./announcer";
import { CallAudio } from "./call-audio";
import { CallHeader, CallHeaderPlace } from "./call-header";
import { CutPairsNotice } from "./cut-pairs-notice";
import { MediaProblem } from "./media-problem";
import { SoundNotice } from "./sound-notice";
import { useChromeDue } from "./use-chrome-due";

/** The call itself: everyone's tiles, and the controls under the thumb. */
export function CallView({ room, client }: { room: RoomName; client: IAgoraRTCClient }) {
  const call = useRef<HTMLDivElement>(null);
  useKeptFocus(call);
  const isChromeDue = useChromeDue(call);
  useEffect(keepScreenAwake, []);
  return (
    <AgoraRTCProvider client={client}>
      <HostQuestions>
        <CallAudio />
        <PictureInPicture />
        <KeyboardShortcuts />
        <Announcer />
        <HostToasts />
        <ReactionWords />
        <UnreadTitle />
        <LoadWhenIdle />
        <div
          ref={call}
          tabIndex={-1}
          className="flex h-dvh overflow-hidden pt-[env(safe-area-inset-top)] pr-[env(safe-area-inset-right)] pb-[env(safe-area-inset-bottom)] pl-[env(safe-area-inset-left)] outline-none"
        >
          <CallUnderPanel>
            {isChromeDue ? <CallHeader room={room} /> : <CallHeaderPlace />}
            <MediaProblem />
            <SoundNotice />
            <main className="min-h-0 flex-1 px-3">
              <TileStage />
            </main>
            <CutPairsNotice />
            {isChromeDue ? <CallControls /> : <CallControlsPlace />}
          </CallUnderPanel>
          <OpenPanel />
          {/* Within what keeps the focus: an answered knock takes its buttons with it. */}
          <KnocksNotice />
        </div>
      </HostQuestions>
    </AgoraRTCProvider>
  );
}
