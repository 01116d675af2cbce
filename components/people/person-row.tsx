import { Mic, MicOff, Video, VideoOff } from "lucide-react";
import type { ReactNode } from "react";
import { HandSign } from "@/components/hands/hand-sign";
import { LowerHandItem } from "@/components/hands/lower-hand-item";
import { HostSign } from "@/components/hosts/host-sign";
import { MemberMenu } from "@/components/hosts/member-menu";
import { useIsHost } from "@/components/hosts/use-hosting";
import { useCall, usePlayer } from "@/components/room/call-context";
import { Initials } from "@/components/tiles/avatar";
import { nameMarkOf } from "@/lib/call/name-marks";
import { isHeard, type Player, type TileState, tileStateOf } from "@/lib/call/player";
import type { Uid } from "@/lib/contracts/identifiers";
import { OwnName } from "./own-name";

/** One person in the list: this one, who can change their name, or another. */
export function PersonRow({ uid }: { uid: Uid }) {
  const player = usePlayer(uid);
  if (!player) return null;
  return player.isLocal ? <OwnRow player={player} /> : <OthersRow player={player} />;
}

function OwnRow({ player }: { player: Player }) {
  const hasAudio = useCall((state) => state.microphone.status === "on");
  const hasVideo = useCall((state) => state.camera.status === "on");
  return (
    <Row player={player} hasAudio={hasAudio} hasVideo={hasVideo}>
      <OwnName name={player.name} mark={<Mark uid={player.uid} />} />
    </Row>
  );
}

function OthersRow({ player }: { player: Player }) {
  return (
    <Row player={player} hasAudio={isHeard(player)} hasVideo={player.hasVideo}>
      <p className="flex whitespace-pre">
        <bdi className="truncate">{player.name}</bdi>
        <Mark uid={player.uid} />
      </p>
    </Row>
  );
}

interface RowProps {
  player: Player;
  hasAudio: boolean;
  hasVideo: boolean;
  /** The name. */
  children: ReactNode;
}

function Row({ player, hasAudio, hasVideo, children }: RowProps) {
  const { uid, name } = player;
  const isHost = useIsHost();
  const words = STATE_WORDS[tileStateOf(player)];
  const isSharing = useCall(({ screens, screenOrder }) => screenOrder.some((screen) => screens[screen]?.owner === uid));
  return (
    <li data-uid={uid} data-name={name} className="flex min-h-14 items-center gap-3 rounded-xl px-2.5 py-2">
      <Initials name={name} uid={uid} className="size-9 text-xs" />
      <div className="min-w-0 flex-1 text-sm">
        {children}
        {words ? <p className="text-warning text-xs">{words}</p> : null}
        {isSharing ? <p className="text-muted text-xs">Sharing a screen</p> : null}
      </div>
      <HandSign uid={uid} />
      <HostSign uid={uid} />
      <span className="flex shrink-0 gap-2 [&_svg]:size-[18px]">
        {hasAudio ? (
          <Mic role="img" aria-label="Microphone on" className="text-muted" />
        ) : (
          <MicOff role="img" aria-label="Microphone off" className="text-danger-strong" />
        )}
        {hasVideo ? (
          <Video role="img" aria-label="Camera on" className="text-muted" />
        ) : (
          <VideoOff role="img" aria-label="Camera off" className="text-danger-strong" />
        )}
      </span>
      {isHost ? <HostsPlace player={player} /> : null}
    </li>
  );
}

/** The host's own row has no actions: its signs stand in line with the others'. */
function HostsPlace({ player: { uid, isLocal } }: { player: Player }) {
  if (isLocal) return <span className="-mr-2 size-9 shrink-0" />;
  return (
    <MemberMenu uid={uid} className="-mr-2 size-9 shrink-0 rounded-full hover:bg-raised">
      <LowerHandItem uid={uid} />
    </MemberMenu>
  );
}

const STATE_WORDS: Record<TileState, string | null> = {
  connecting: "Connecting…",
  connected: null,
  reconnecting: "Reconnecting…",
  unreachable: "Can't be reached from here",
};

/** What tells two people of one name apart. */
function Mark({ uid }: { uid: Uid }) {
  return useCall((state) => nameMarkOf(state, uid));
}
