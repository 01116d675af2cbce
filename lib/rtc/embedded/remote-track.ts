import type { IRemoteTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import type { PublicFace } from "@/lib/rtc/sdk-type";
import { type Listener, TypedEmitter } from "./typed-emitter";

type RemoteTrackEvents = {
  "first-frame-decoded": [];
  "track-updated": [MediaStreamTrack];
  "video-element-visible-status": [unknown];
};

/** The parts of the SDK's custom local tracks that a remote track is built on. */
interface InnerTrack {
  isPlaying: boolean;
  getTrackId(): string;
  getMediaStreamTrack(): MediaStreamTrack;
  on(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
  stop(): void;
  close(): void;
}

/**
 * How the SDK's own tracks change what they play, whether a device or a picture. Its declarations have it for pictures alone
 * (`replaceTrack`). Read in the bundled SDK 4.24.2; a test pins it.
 */
interface Replaceable {
  _updateOriginMediaStreamTrack(track: MediaStreamTrack, stopOldTrack: boolean, isExternal: boolean): Promise<void>;
}

/**
 * What remote audio and remote video have in common. Built on one of the SDK's own custom tracks, which plays, measures
 * and obeys `AgoraRTC.onAutoplayFailed` as any; it is made of a clone of the received MediaStreamTrack, because closing
 * it ends that, and a receiver's own track can never be had again.
 */
export abstract class RemoteTrack<Inner extends InnerTrack>
  extends TypedEmitter<RemoteTrackEvents>
  implements Omit<PublicFace<IRemoteTrack>, "trackMediaType" | "getStats" | "play">
{
  protected readonly inner: Inner;
  readonly #uid: number;
  readonly #transceiver: () => RTCRtpTransceiver | undefined;
  readonly #passOnVisibility = (status: unknown) => this.emit("video-element-visible-status", status);
  #hasFirstFrame = false;

  constructor(inner: Inner, uid: number, transceiver: () => RTCRtpTransceiver | undefined) {
    super();
    this.inner = inner;
    this.#uid = uid;
    this.#transceiver = transceiver;
    inner.on("video-element-visible-status", this.#passOnVisibility);
  }

  get isPlaying(): boolean {
    return this.inner.isPlaying;
  }

  getUserId(): number {
    return this.#uid;
  }

  getTrackId(): string {
    return this.inner.getTrackId();
  }

  getMediaStreamTrack(): MediaStreamTrack {
    return this.inner.getMediaStreamTrack();
  }

  getRTCRtpTransceiver(): RTCRtpTransceiver | undefined {
    return this.#transceiver();
  }

  stop(): void {
    this.inner.stop();
  }

  /** For the client only: what is received comes in by another receiver from now on. */
  moveTo(incoming: MediaStreamTrack): void {
    const track = incoming.clone();
    const inner = this.inner as unknown as Replaceable;
    inner._updateOriginMediaStreamTrack(track, true, true).then(
      () => this.emit("track-updated", track),
      (error: unknown) => {
        track.stop();
        logWarning("What is received could not be taken from another way.", error);
      },
    );
  }

  /** For the client only: the subscription has ended. */
  close(): void {
    this.inner.close();
    // The browser keeps the source of a sound for as long as the page plays any, and with it the SDK's track: nothing of this call shall
    // hang on that, above all not its RTCPeerConnection.
    this.inner.off("video-element-visible-status", this.#passOnVisibility);
  }

  /** For the client only: something was decoded. Tells it once. */
  noteFirstFrame(): void {
    if (this.#hasFirstFrame) return;
    this.#hasFirstFrame = true;
    this.emit("first-frame-decoded");
  }
}
