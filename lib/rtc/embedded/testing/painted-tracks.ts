import AgoraRTC, { type ILocalAudioTrack, type ILocalVideoTrack } from "agora-rtc-react";
import { type Color, paintPicture, soundTone } from "./painted-media";

// Errors only: the SDK tells the console of each call of a track.
AgoraRTC.setLogLevel(4);

export function paintedVideoTrack(
  color: Color,
  size?: { width: number; height: number },
): { track: ILocalVideoTrack; stop: () => void } {
  const { track, stop } = paintPicture(color, size);
  return { track: AgoraRTC.createCustomVideoTrack({ mediaStreamTrack: track }), stop };
}

export function tonedAudioTrack(frequencyHz: number): { track: ILocalAudioTrack; stop: () => void } {
  const { track, stop } = soundTone(frequencyHz);
  return { track: AgoraRTC.createCustomAudioTrack({ mediaStreamTrack: track }), stop };
}
