import { MicOff } from "lucide-react";
import type { ReactNode } from "react";
import { HandSign } from "@/components/hands/hand-sign";
import { HostSign } from "@/components/hosts/host-sign";
import { useCall } from "@/components/room/call-context";
import { nameMarkOf } from "@/lib/call/name-marks";
import { type Player, tileStateOf } from "@/lib/call/player";
import { Avatar } from "./avatar";
import { Picture } from "./picture";
import { PoorNetworkSign } from "./poor-network-sign";
import { TileReactions } from "./tile-reactions";
import { TileStatus } from "./tile-status";

interface TileFrameProps {
  player: Player;
  hasAudio: boolean;
  hasVideo: boolean;
  /** The picture, while there is one. */
  children: ReactNode;
}

/** What every tile has: the picture or an avatar, the name, and what a person should know of it. */
export function TileFrame({ player, hasAudio, hasVideo, children }: TileFrameProps) {
  const state = tileStateOf(player);
  const mark = useCall((call) => nameMarkOf(call, player.uid));
  const isSpeaking = hasAudio && player.isSpeaking;
  return (
    <article
      aria-label={`${player.name}${mark}${player.isLocal ? " (you)" : ""}`}
      data-testid="tile"
      data-uid={player.uid}
      data-name={player.name}
      data-local={player.isLocal}
      data-kind="camera"
      data-audio={hasAudio ? "on" : "off"}
      data-video={hasVideo ? "on" : "off"}
      data-speaking={isSpeaking}
      data-state={state}
      className={`@container relative size-full overflow-hidden rounded-2xl bg-surface ${isSpeaking ? "ring-3 ring-speaking" : "ring-1 ring-line/60"}`}
    >
      <div className={`absolute inset-0 ${state === "reconnecting" ? "opacity-40 grayscale" : ""}`}>
        {/* Whose picture stopped coming is not looked at: what stays of it is black. It is hidden, since a video that is taken
            away while it begins to play is an error in the SDK. */}
        {children ? <Picture isHidden={state === "unreachable"}>{children}</Picture> : null}
        {children && state !== "unreachable" ? null : <Avatar name={player.name} uid={player.uid} />}
      </div>
      <TileStatus player={player} />
      <TileReactions uid={player.uid} />
      <div className="absolute bottom-2.5 left-2.5 flex max-w-[calc(100%-1.25rem)] items-center gap-2 rounded-lg bg-ground/80 px-2.5 py-1.5 text-sm @max-[15rem]:bottom-1.5 @max-[15rem]:left-1.5 @max-[15rem]:max-w-[calc(100%-0.75rem)] @max-[15rem]:gap-1.5 @max-[15rem]:px-2 @max-[15rem]:py-0.5 @max-[15rem]:text-xs">
        {/* Above the name where both have no room side by side. */}
        <span className="empty:hidden @max-[9rem]:absolute @max-[9rem]:bottom-full @max-[9rem]:left-0 @max-[9rem]:mb-1.5">
          <HandSign uid={player.uid} />
        </span>
        {hasAudio ? null : (
          <MicOff role="img" aria-label="Microphone off" className="size-[1.15em] shrink-0 text-danger-strong" />
        )}
        <HostSign uid={player.uid} />
        {player.hasPoorNetwork ? <PoorNetworkSign /> : null}
        <span className="flex min-w-0 whitespace-pre">
          <bdi className="truncate">{player.name}</bdi>
          {mark}
        </span>
        {player.isLocal ? <span className="shrink-0 text-muted @max-[8rem]:hidden">you</span> : null}
        {hasVideo ? null : <span className="sr-only">Camera off</span>}
      </div>
    </article>
  );
}
