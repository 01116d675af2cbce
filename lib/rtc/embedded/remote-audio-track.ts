import AgoraRTC, { type ILocalAudioTrack, type IRemoteAudioTrack, type RemoteAudioTrackStats } from "agora-rtc-react";
import { soundPlayers } from "@/lib/rtc/sdk-sound";
import type { PublicFace } from "@/lib/rtc/sdk-type";
import { RemoteTrack, replaceIn } from "./remote-track";
import { RtcError, rtcError } from "./rtc-errors";
import { SoundLevel } from "./sound-level";

const FULL_VOLUME = 100;
const HIGHEST_VOLUME = 1000;
const SILENT = 0;

/**
 * Sound that comes in: the SDK's `IRemoteAudioTrack`. Played by the SDK's own players, and obeys `AgoraRTC.onAutoplayFailed` as any.
 * The SDK's own tracks lead every sound through Web Audio besides, to measure it; here that is done only for what is worked on.
 */
export class EmbeddedRemoteAudioTrack extends RemoteTrack implements PublicFace<IRemoteAudioTrack> {
  readonly trackMediaType = "audio";
  readonly #stats: () => RemoteAudioTrackStats;
  readonly #level = new SoundLevel();
  readonly #id: string;
  /** Browsers decode what an element has, even if it is not to be heard: for those who take the MediaStreamTrack elsewhere. */
  readonly #idle = new Audio();
  #track: MediaStreamTrack;
  /** One of the SDK's own, for what needs Web Audio. It is what is heard from then on. */
  #worked: ILocalAudioTrack | undefined;
  #volume = FULL_VOLUME;
  #speakerId = "";
  #isToPlay = false;

  constructor(
    incoming: MediaStreamTrack,
    options: { uid: number; transceiver: () => RTCRtpTransceiver | undefined; stats: () => RemoteAudioTrackStats },
  ) {
    super(options.uid, options.transceiver);
    this.#track = incoming.clone();
    this.#id = this.#track.id;
    this.#idle.srcObject = new MediaStream([this.#track]);
    this.#stats = options.stats;
  }

  get isPlaying(): boolean {
    return soundPlayers.isPlaying(this.#id);
  }

  getTrackId(): string {
    return this.#id;
  }

  getMediaStreamTrack(): MediaStreamTrack {
    return this.#track;
  }

  play(): void {
    if (this.#isToPlay) return;
    this.#isToPlay = true;
    this.#start(this.#id, () => soundPlayers.play(this.#track, this.#id, FULL_VOLUME));
    if (this.#worked) this.#playWorked(this.#worked);
    this.#applyVolume();
    this.#idle.srcObject = null;
  }

  stop(): void {
    this.#isToPlay = false;
    this.#idle.srcObject = new MediaStream([this.#track]);
    this.#worked?.stop();
    soundPlayers.stop(this.#id);
  }

  close(): void {
    this.stop();
    this.#idle.srcObject = null;
    this.#worked?.close();
    this.#track.stop();
  }

  protected async replace(track: MediaStreamTrack): Promise<void> {
    this.#track.stop();
    this.#track = track;
    if (this.#isToPlay) soundPlayers.updateTrack(this.#id, track);
    else this.#idle.srcObject = new MediaStream([track]);
    if (this.#worked) await replaceIn(this.#worked, track.clone());
  }

  getStats(): RemoteAudioTrackStats {
    return this.#stats();
  }

  getVolumeLevel(): number {
    return this.#level.of(this.getRTCRtpTransceiver()?.receiver);
  }

  getVolume(): number {
    return this.#volume;
  }

  /**
   * @param volume 0 to 100, the original
   * @throws {RtcError} `INVALID_PARAMS` for what is no number from 0 to 1000
   */
  setVolume(volume: number): void {
    if (!(volume >= SILENT && volume <= HIGHEST_VOLUME))
      throw rtcError.invalidParams(`volume ${volume} is not in [0, 1000]`);
    this.#volume = volume;
    if (volume > FULL_VOLUME) this.#work();
    this.#applyVolume();
  }

  /** @param volume 0 to 1000; above 100 is louder than the original */
  setAmplifiedVolume(volume: number): void {
    this.setVolume(volume);
  }

  /** @throws {RtcError} `NOT_SUPPORTED` where browsers let no page choose; the SDK's `PERMISSION_DENIED` */
  async setPlaybackDevice(deviceId: string): Promise<void> {
    if (!("setSinkId" in HTMLMediaElement.prototype)) {
      throw new RtcError("NOT_SUPPORTED", "your browser does not support setting the audio output device");
    }
    this.#speakerId = deviceId;
    await Promise.all([soundPlayers.setSinkID(this.#id, deviceId), this.#worked?.setPlaybackDevice(deviceId)]);
  }

  setAudioFrameCallback(...args: Parameters<ILocalAudioTrack["setAudioFrameCallback"]>): void {
    this.#work().setAudioFrameCallback(...args);
  }

  pipe(processor: Parameters<ILocalAudioTrack["pipe"]>[0]): ReturnType<ILocalAudioTrack["pipe"]> {
    return this.#work().pipe(processor);
  }

  unpipe(): void {
    this.#worked?.unpipe();
  }

  get processorDestination(): ILocalAudioTrack["processorDestination"] {
    return this.#work().processorDestination;
  }

  #work(): ILocalAudioTrack {
    if (this.#worked) return this.#worked;
    const worked = AgoraRTC.createCustomAudioTrack({ mediaStreamTrack: this.#track.clone() });
    this.#worked = worked;
    // Has it play what comes out of Web Audio, with whatever is done to it there.
    worked.setVolume(this.#volume);
    if (this.#isToPlay) this.#playWorked(worked);
    this.#applyVolume();
    return worked;
  }

  #playWorked(worked: ILocalAudioTrack): void {
    this.#start(worked.getTrackId(), () => worked.play());
  }

  #start(id: string, play: () => void): void {
    // Before it plays this is only noted, and obeyed with the first sound.
    if (this.#speakerId) void soundPlayers.setSinkID(id, this.#speakerId);
    play();
  }

  #applyVolume(): void {
    const worked = this.#worked;
    // It plays on, unheard, under what is made of it: else nothing would be decoded.
    soundPlayers.setVolume(this.#id, worked ? SILENT : this.#volume);
    if (!worked) return;
    worked.setVolume(this.#volume);
    // The SDK would lower it twice, by Web Audio and by the element.
    soundPlayers.setVolume(worked.getTrackId(), FULL_VOLUME);
  }
}
