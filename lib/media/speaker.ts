import type { IRemoteAudioTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import "@/lib/rtc/sdk-parameters";

/** Whether this browser lets a page choose where its sound comes out. Phones do that themselves. */
export function canChooseSpeaker(): boolean {
  return "setSinkId" in HTMLMediaElement.prototype;
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
