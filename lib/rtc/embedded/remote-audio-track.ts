import AgoraRTC, { type ILocalAudioTrack, type IRemoteAudioTrack, type RemoteAudioTrackStats } from "agora-rtc-react";
import type { PublicFace } from "@/lib/rtc/sdk-type";
import { RemoteTrack } from "./remote-track";

const FULL_VOLUME = 100;

/** Sound that comes in: the SDK's `IRemoteAudioTrack`. */
export class EmbeddedRemoteAudioTrack extends RemoteTrack<ILocalAudioTrack> implements PublicFace<IRemoteAudioTrack> {
  readonly trackMediaType = "audio";
  readonly #stats: () => RemoteAudioTrackStats;
  #volume = FULL_VOLUME;

  constructor(
    incoming: MediaStreamTrack,
    options: { uid: number; transceiver: () => RTCRtpTransceiver | undefined; stats: () => RemoteAudioTrackStats },
  ) {
    const inner = AgoraRTC.createCustomAudioTrack({ mediaStreamTrack: incoming.clone() });
    super(inner, options.uid, options.transceiver);
    this.#stats = options.stats;
  }

  play(): void {
    this.inner.play();
  }

  getStats(): RemoteAudioTrackStats {
    return this.#stats();
  }

  getVolumeLevel(): number {
    return this.inner.getVolumeLevel();
  }

  getVolume(): number {
    return this.#volume;
  }

  /** @param volume 0 to 100, the original */
  setVolume(volume: number): void {
    this.#volume = volume;
    this.inner.setVolume(volume);
  }

  /** @param volume 0 to 1000; above 100 is louder than the original */
  setAmplifiedVolume(volume: number): void {
    this.setVolume(volume);
  }

  setPlaybackDevice(deviceId: string): Promise<void> {
    return this.inner.setPlaybackDevice(deviceId);
  }

  setAudioFrameCallback(...args: Parameters<ILocalAudioTrack["setAudioFrameCallback"]>): void {
    this.inner.setAudioFrameCallback(...args);
  }

  pipe(processor: Parameters<ILocalAudioTrack["pipe"]>[0]): ReturnType<ILocalAudioTrack["pipe"]> {
    return this.inner.pipe(processor);
  }

  unpipe(): void {
    this.inner.unpipe();
  }

  get processorDestination(): ILocalAudioTrack["processorDestination"] {
    return this.inner.processorDestination;
  }
}
