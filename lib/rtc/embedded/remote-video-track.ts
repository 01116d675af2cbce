import AgoraRTC, {
  type ILocalVideoTrack,
  type IRemoteVideoTrack,
  type RemoteVideoTrackStats,
  type VideoPlayerConfig,
} from "agora-rtc-react";
import type { PublicFace } from "@/lib/rtc/sdk-type";
import { RemoteTrack } from "./remote-track";

/** A picture that comes in: the SDK's `IRemoteVideoTrack`. */
export class EmbeddedRemoteVideoTrack extends RemoteTrack<ILocalVideoTrack> implements PublicFace<IRemoteVideoTrack> {
  readonly trackMediaType = "video";
  readonly #stats: () => RemoteVideoTrackStats;

  constructor(
    incoming: MediaStreamTrack,
    options: { uid: number; transceiver: () => RTCRtpTransceiver | undefined; stats: () => RemoteVideoTrackStats },
  ) {
    const inner = AgoraRTC.createCustomVideoTrack({ mediaStreamTrack: incoming.clone() });
    super(inner, options.uid, options.transceiver);
    this.#stats = options.stats;
  }

  /** Fills the element and is not mirrored, as the SDK's remote tracks do; its local ones do neither. */
  play(element: string | HTMLElement, config: VideoPlayerConfig = {}): void {
    this.inner.play(element, { fit: "cover", mirror: false, ...config });
  }

  getStats(): RemoteVideoTrackStats {
    return this.#stats();
  }

  getCurrentFrameData(): ImageData {
    return this.inner.getCurrentFrameData();
  }

  getVideoElementVisibleStatus(): ReturnType<ILocalVideoTrack["getVideoElementVisibleStatus"]> {
    return this.inner.getVideoElementVisibleStatus();
  }

  pipe(processor: Parameters<ILocalVideoTrack["pipe"]>[0]): ReturnType<ILocalVideoTrack["pipe"]> {
    return this.inner.pipe(processor);
  }

  unpipe(): void {
    this.inner.unpipe();
  }

  get processorDestination(): ILocalVideoTrack["processorDestination"] {
    return this.inner.processorDestination;
  }
}
