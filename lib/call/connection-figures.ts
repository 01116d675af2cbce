import type { IAgoraRTCClient, NetworkQuality } from "agora-rtc-react";
import type { Uid } from "@/lib/contracts/identifiers";
import { linkDetailsOf, pictureLimitOf } from "@/lib/rtc/inspect-link";
import type { LinkPath, PictureLimit } from "@/lib/rtc/link-details";
import type { CallState } from "./call-store";
import type { Player } from "./player";

/** Of one sound or picture that flows; `null` where it is not known. */
export interface FlowFigures {
  /** Bits a second. */
  bitrate: number;
  /** Of all packets, just now; 0 to 1. */
  lossRate: number;
  jitterMs: number | null;
  codec: string | null;
}

export interface PictureFigures extends FlowFigures {
  width: number;
  height: number;
  framesPerSecond: number;
}

/** How sound and picture go between this page and one person, or, of oneself, all of them together. */
export interface WayFigures {
  name: string;
  /** The SDK's, of the worse direction: 0 not known, 1 excellent, 2 good, 3 flawed, 4 poor, 5 barely usable, 6 none. */
  grade: number;
  roundTripMs: number | null;
  sentBitrate: number | null;
  receivedBitrate: number;
  /** `null` while there is none. */
  sound: FlowFigures | null;
  picture: PictureFigures | null;
}

export interface PersonFigures extends WayFigures {
  uid: Uid;
  path: LinkPath;
}

/** What this page sends; one's own. */
export interface OwnFigures extends WayFigures {
  pictureLimit: PictureLimit | null;
}

export interface ConnectionFigures {
  own: OwnFigures;
  people: PersonFigures[];
}

/** Reads all that the client tells of the call just now. */
export function readConnectionFigures(
  client: IAgoraRTCClient,
  state: Pick<CallState, "order" | "players" | "microphone" | "camera" | "name">,
): ConnectionFigures {
  const people = state.order.flatMap((uid) => {
    const player = state.players[uid];
    return player && !player.isLocal ? [personFigures(client, player)] : [];
  });
  return { own: ownFigures(client, state), people };
}

function personFigures(client: IAgoraRTCClient, player: Player): PersonFigures {
  const { uid, name } = player;
  const [audio, video] = [client.getRemoteAudioStats()[uid], client.getRemoteVideoStats()[uid]];
  const { path, roundTripMs, jitterMs, sentBitrate } = linkDetailsOf(client, uid);
  const isHeard = player.hasAudio && player.audioTrackId !== null;
  const isSeen = player.hasVideo && player.videoTrackId !== null;
  return {
    uid,
    name,
    grade: worst(client.getRemoteNetworkQuality()[uid]),
    path,
    roundTripMs,
    sentBitrate,
    receivedBitrate: (audio?.receiveBitrate ?? 0) + (video?.receiveBitrate ?? 0),
    sound:
      isHeard && audio
        ? {
            bitrate: audio.receiveBitrate,
            lossRate: audio.currentPacketLossRate,
            jitterMs,
            codec: audio.codecType ?? null,
          }
        : null,
    picture:
      isSeen && video
        ? {
            bitrate: video.receiveBitrate,
            lossRate: video.currentPacketLossRate,
            jitterMs: null,
            codec: video.codecType ?? null,
            width: video.receiveResolutionWidth,
            height: video.receiveResolutionHeight,
            framesPerSecond: video.receiveFrameRate ?? 0,
          }
        : null,
  };
}

function ownFigures(
  client: IAgoraRTCClient,
  { name, microphone, camera }: Pick<CallState, "microphone" | "camera" | "name">,
): OwnFigures {
  const [call, audio, video] = [client.getRTCStats(), client.getLocalAudioStats(), client.getLocalVideoStats()];
  return {
    name,
    grade: worst(client.getNetworkQuality()),
    roundTripMs: call.RTT || null,
    sentBitrate: call.SendBitrate,
    receivedBitrate: call.RecvBitrate,
    sound:
      microphone.status === "on"
        ? {
            bitrate: audio.sendBitrate,
            lossRate: audio.currentPacketLossRate,
            jitterMs: audio.sendJitterMs,
            codec: audio.codecType ?? null,
          }
        : null,
    picture:
      camera.status === "on"
        ? {
            bitrate: video.sendBitrate,
            lossRate: video.currentPacketLossRate,
            jitterMs: video.sendJitterMs,
            codec: video.codecType ?? null,
            width: video.sendResolutionWidth,
            height: video.sendResolutionHeight,
            framesPerSecond: video.sendFrameRate ?? 0,
          }
        : null,
    pictureLimit: pictureLimitOf(client),
  };
}

function worst(quality: NetworkQuality | undefined): number {
  if (!quality) return 0;
  const { uplinkNetworkQuality: up, downlinkNetworkQuality: down } = quality;
  return Math.max(up, down);
}
