import { ScreenShare } from "lucide-react";
import type { ReactNode } from "react";
import type { TileState } from "@/lib/call/player";
import type { Screen } from "@/lib/call/screen";

interface ScreenFrameProps {
  screen: Screen;
  ownerName: string;
  state: TileState;
  label: string;
  hasAudio: boolean;
  hasVideo: boolean;
  children: ReactNode;
}

/** What every screen's tile has: what is shared, whole and with nothing cropped, and whose it is. */
export function ScreenFrame({ screen, ownerName, state, label, hasAudio, hasVideo, children }: ScreenFrameProps) {
  return (
    <article
      aria-label={label}
      data-testid="tile"
      data-uid={screen.uid}
      data-name={ownerName}
      data-local={screen.isLocal}
      data-kind="screen"
      data-audio={hasAudio ? "on" : "off"}
      data-video={hasVideo ? "on" : "off"}
      data-speaking={false}
      data-state={state}
      className="@container relative size-full overflow-hidden rounded-2xl bg-black ring-1 ring-line/60"
    >
      {children}
      <div className="absolute bottom-2.5 left-2.5 flex max-w-[calc(100%-1.25rem)] items-center gap-2 rounded-lg bg-ground/80 px-2.5 py-1.5 text-sm @max-[15rem]:bottom-1.5 @max-[15rem]:left-1.5 @max-[15rem]:max-w-[calc(100%-0.75rem)] @max-[15rem]:gap-1.5 @max-[15rem]:px-2 @max-[15rem]:py-0.5 @max-[15rem]:text-xs">
        <ScreenShare aria-hidden="true" className="size-[1.15em] shrink-0 text-accent" />
        <span className="truncate">{label}</span>
      </div>
    </article>
  );
}
