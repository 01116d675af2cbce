import type { RemoteAudioTrackStats, RemoteVideoTrackStats } from "agora-rtc-react";

const VIDEO_CODECS = ["VP8", "VP9", "H264", "H265", "AV1"] as const satisfies RemoteVideoTrackStats["codecType"][];
const AUDIO_CODECS = ["opus", "PCMU", "PCMA", "G722"] as const satisfies RemoteAudioTrackStats["codecType"][];

/** A codec by the SDK's name for it; nothing while none is known, as where nothing has come yet. */
export function videoCodec(name: string | undefined): Pick<RemoteVideoTrackStats, "codecType"> {
  const codecType = VIDEO_CODECS.find((known) => known === name);
  return codecType ? { codecType } : {};
}

export function audioCodec(name: string | undefined): Pick<RemoteAudioTrackStats, "codecType"> {
  const codecType = AUDIO_CODECS.find((known) => known === name);
  return codecType ? { codecType } : {};
}
