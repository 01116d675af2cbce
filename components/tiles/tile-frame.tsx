import { MicOff } from "lucide-react";
import type { ReactNode } from "react";
import { type Player, type TileState, tileStateOf } from "@/lib/call/player";
import { Avatar } from "./avatar";
import { Obstacle } from "./obstacle";

interface TileFrameProps {
  player: Player;
  label: string;
  hasAudio: boolean;
  hasVideo: boolean;
  /** The picture, while there is one. */
  children: ReactNode;
}

const WORDS: Record<Exclude<TileState, "connected">, string> = {
  connecting: "Connecting…",
  reconnecting: "Reconnecting…",
  unreachable: "Can't be reached from here: ",
};

/** What every tile has: the picture or an avatar, the name, and what a person should know of it. */
export function TileFrame({ player, label, hasAudio, hasVideo, children }: TileFrameProps) {
  const state = tileStateOf(player);
  const isSpeaking = hasAudio && player.isSpeaking;
  return (
    <article
      aria-label={label}
      data-testid="tile"
      data-uid={player.uid}
      data-name={player.name}
      data-local={player.isLocal}
      data-kind="camera"
      data-audio={hasAudio ? "on" : "off"}
      data-video={hasVideo ? "on" : "off"}
      data-speaking={isSpeaking}
      data-state={state}
      className={`relative size-full overflow-hidden rounded-2xl bg-surface ${isSpeaking ? "ring-3 ring-speaking" : "ring-1 ring-line/60"}`}
    >
      {children ? <div className="absolute inset-0">{children}</div> : <Avatar name={player.name} uid={player.uid} />}
      {/* Always there: a screen reader says what changes in a status, not a status that appears. */}
      <p
        role="status"
        className="absolute inset-x-3 top-3 mx-auto w-fit rounded-lg bg-ground/85 text-center text-sm text-warning not-empty:px-3 not-empty:py-1.5"
      >
        {state === "connected" ? null : WORDS[state]}
        {state === "unreachable" ? <Obstacle uid={player.uid} /> : null}
      </p>
      <div className="absolute bottom-2.5 left-2.5 flex max-w-[calc(100%-1.25rem)] items-center gap-2 rounded-lg bg-ground/80 px-2.5 py-1.5 text-sm">
        {!hasAudio && <MicOff role="img" aria-label="Microphone off" className="size-4 shrink-0 text-danger-strong" />}
        <bdi className="truncate">{player.name}</bdi>
        {player.isLocal && <span className="shrink-0 text-muted">you</span>}
      </div>
    </article>
  );
}
