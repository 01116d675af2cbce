import AgoraRTC, { type IAgoraRTCClient } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import { LOW_STREAM } from "./low-stream";

/** `RemoteStreamFallbackType.AUDIO_ONLY`: the low stream on a poor network, and sound alone on a worse one. */
const AUDIO_ONLY = 2;

/**
 * The SDK's client, set up as Agora advises for group calls: two sizes of each picture, and sound alone where the network
 * bears no picture.
 */
export function createAgoraClient(): IAgoraRTCClient {
  const client = AgoraRTC.createClient({ mode: "rtc", codec: "vp8" });
  // Before the join: the SDK tells the edge with its first words.
  client.setLowStreamParameter(LOW_STREAM);
  client.enableDualStream().catch((error: unknown) => {
    logWarning("This browser sends one size of picture only.", error);
  });
  client.on("user-published", (user, kind) => {
    if (kind !== "video") return;
    client.setStreamFallbackOption(user.uid, AUDIO_ONLY).catch((error: unknown) => {
      logWarning(`The sound of ${user.uid} has no precedence over the picture.`, error);
    });
  });
  return client;
}

/** For a shared screen: one size of picture, since nobody reads a small one, and no subscription to anyone. */
export function createAgoraScreenClient(): IAgoraRTCClient {
  return AgoraRTC.createClient({ mode: "rtc", codec: "vp8" });
}
