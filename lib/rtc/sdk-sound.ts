import AgoraRTC from "agora-rtc-react";

/**
 * How the SDK plays sound: an `<audio>` element each, by its track's id. It is what `AgoraRTC.onAutoplayFailed` tells of and what
 * `AgoraRTC.resumeAudioContext` starts. Its declarations do not have it; read in the bundled SDK 4.24.2, and pinned by the tests of
 * remote sound.
 */
interface SoundPlayers {
  /** @param volume 0 to 100 */
  play(track: MediaStreamTrack, id: string, volume: number): void;
  /** Forgets the speaker as well. */
  stop(id: string): void;
  isPlaying(id: string): boolean;
  updateTrack(id: string, track: MediaStreamTrack): void;
  /** @param volume 0 to 100 */
  setVolume(id: string, volume: number): void;
  /**
   * For what plays, and for what is played later.
   *
   * @throws {AgoraRTCException} `PERMISSION_DENIED`, whatever the browser's reason
   */
  setSinkID(id: string, deviceId: string): Promise<void>;
}

export const { audioElementPlayCenter: soundPlayers } = AgoraRTC as unknown as { audioElementPlayCenter: SoundPlayers };
