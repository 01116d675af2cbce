import type { IAgoraRTCClient, UID } from "agora-rtc-react";

const POLL_MS = 200;

/**
 * `getVolumeLevel()` counts decibels: 1 is full scale, each 0.1 below it 10 dB less, 0 is -100 dB. A microphone in a quiet room gives
 * 0.3 to 0.5; from 0.6 on the SDK's documentation calls it speaking.
 */
const SPEAKING_LEVEL = 0.6;

/** Speech has gaps, between sentences as well: who fell silent is shown speaking for so long. Milliseconds. */
const HOLD_MS = 1_000;

/**
 * Watches who speaks, this person included, by the level of each one's sound.
 *
 * @returns the disposer
 */
export function watchSpeaking(
  client: IAgoraRTCClient,
  onChange: (uid: UID, change: { isSpeaking: boolean }) => void,
): () => void {
  const lastHeardMs = new Map<UID, number>();
  const poll = () => {
    const nowMs = performance.now();
    const levels: Array<[UID, number]> = client.remoteUsers.map((user) => [
      user.uid,
      user.hasAudio ? (user.audioTrack?.getVolumeLevel() ?? 0) : 0,
    ]);
    if (client.uid !== undefined) levels.push([client.uid, localLevel(client)]);
    for (const [uid, level] of levels) {
      if (level >= SPEAKING_LEVEL) lastHeardMs.set(uid, nowMs);
      onChange(uid, { isSpeaking: nowMs - (lastHeardMs.get(uid) ?? Number.NEGATIVE_INFINITY) < HOLD_MS });
    }
  };
  const timer = setInterval(poll, POLL_MS);
  return () => clearInterval(timer);
}

function localLevel(client: IAgoraRTCClient): number {
  for (const track of client.localTracks) {
    if (track.trackMediaType === "audio" && "getVolumeLevel" in track && !track.muted) {
      return (track as { getVolumeLevel(): number }).getVolumeLevel();
    }
  }
  return 0;
}
