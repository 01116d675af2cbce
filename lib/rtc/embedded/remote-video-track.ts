import AgoraRTC, {
  type ILocalVideoTrack,
  type IRemoteVideoTrack,
  type RemoteVideoTrackStats,
  type VideoPlayerConfig,
} from "agora-rtc-react";
import type { PublicFace } from "@/lib/rtc/sdk-type";
import { RemoteTrack, replaceIn } from "./remote-track";

/** A picture that comes in: the SDK's `IRemoteVideoTrack`. Built on one of the SDK's own custom tracks, which plays and measures as any. */
export class EmbeddedRemoteVideoTrack extends RemoteTrack implements PublicFace<IRemoteVideoTrack> {
  readonly trackMediaType = "video";
  readonly #inner: ILocalVideoTrack;
  readonly #stats: () => RemoteVideoTrackStats;
  readonly #passOnVisibility = (status: unknown) => this.emit("video-element-visible-status", status);

  constructor(
    incoming: MediaStreamTrack,
    options: { uid: number; transceiver: () => RTCRtpTransceiver | undefined; stats: () => RemoteVideoTrackStats },
  ) {
    super(options.uid, options.transceiver);
    this.#inner = AgoraRTC.createCustomVideoTrack({ mediaStreamTrack: incoming.clone() });
    this.#inner.on("video-element-visible-status", this.#passOnVisibility);
    this.#stats = options.stats;
  }

  get isPlaying(): boolean {
    return this.#inner.isPlaying;
  }

  getTrackId(): string {
    return this.#inner.getTrackId();
  }

  getMediaStreamTrack(): MediaStreamTrack {
    return this.#inner.getMediaStreamTrack();
  }

  /** Fills the element and is not mirrored, as the SDK's remote tracks do; its local ones do neither. */
  play(element: string | HTMLElement, config: VideoPlayerConfig = {}): void {
    this.#inner.play(element, { fit: "cover", mirror: false, ...config });
  }

  stop(): void {
    this.#inner.stop();
  }

  close(): void {
    this.#inner.close();
    // The SDK's track outlives its closing where the browser keeps what it played: nothing of this call shall hang on that, above
    // all not its RTCPeerConnection.
    this.#inner.off("video-element-visible-status", this.#passOnVisibility);
  }

  protected replace(track: MediaStreamTrack): Promise<void> {
    return replaceIn(this.#inner, track);
  }

  getStats(): RemoteVideoTrackStats {
    return this.#stats();
  }

  getCurrentFrameData(): ImageData {
    return this.#inner.getCurrentFrameData();
  }

  getVideoElementVisibleStatus(): ReturnType<ILocalVideoTrack["getVideoElementVisibleStatus"]> {
    return this.#inner.getVideoElementVisibleStatus();
  }

  pipe(processor: Parameters<ILocalVideoTrack["pipe"]>[0]): ReturnType<ILocalVideoTrack["pipe"]> {
    return this.#inner.pipe(processor);
  }

  unpipe(): void {
    this.#inner.unpipe();
  }

  get processorDestination(): ILocalVideoTrack["processorDestination"] {
    return this.#inner.processorDestination;
  }
}
