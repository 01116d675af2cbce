import AgoraRTC, { type IRemoteAudioTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";

/** Whether this browser lets a page choose where its sound comes out. Phones do that themselves. */
export function canChooseSpeaker(): boolean {
  return "setSinkId" in HTMLMediaElement.prototype;
}

// The SDK lets only Chrome and Edge choose; Firefox can as well, since 116. The setting is not in its types.
const sdk: object = AgoraRTC;
if ("setParameter" in sdk && typeof sdk.setParameter === "function") {
  sdk.setParameter("RESTRICTION_SET_PLAYBACK_DEVICE", false);
}

/**
 * Lets someone be heard on a speaker; on the one before, where the browser forbids it or the speaker has just gone.
 *
 * @param speakerId empty for the system's choice
 */
export async function playOn(track: IRemoteAudioTrack, speakerId: string): Promise<void> {
  if (!canChooseSpeaker()) return;
  try {
    await track.setPlaybackDevice(speakerId);
  } catch (error) {
    logWarning("The speaker could not be used.", error);
  }
}
