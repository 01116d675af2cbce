import type { IRemoteTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import type { PublicFace } from "@/lib/rtc/sdk-type";
import { TypedEmitter } from "./typed-emitter";

type RemoteTrackEvents = {
  "first-frame-decoded": [];
  "track-updated": [MediaStreamTrack];
  "video-element-visible-status": [unknown];
};

/** As the SDK's own tracks do it. Its declarations have it for pictures alone (`replaceTrack`). Read in the bundled SDK 4.24.2. */
interface Replaceable {
  _updateOriginMediaStreamTrack(track: MediaStreamTrack, stopOldTrack: boolean, isExternal: boolean): Promise<void>;
}

/** Has one of the SDK's tracks play another MediaStreamTrack, and ends the one before. */
export function replaceIn(track: object, played: MediaStreamTrack): Promise<void> {
  return (track as Replaceable)._updateOriginMediaStreamTrack(played, true, true);
}

/**
 * What remote audio and remote video have in common. They play a clone of the received MediaStreamTrack, because closing them ends
 * that, and a receiver's own track can never be had again.
 */
export abstract class RemoteTrack
  extends TypedEmitter<RemoteTrackEvents>
  implements Omit<PublicFace<IRemoteTrack>, "trackMediaType" | "getStats" | "play">
{
  readonly #uid: number;
  readonly #transceiver: () => RTCRtpTransceiver | undefined;
  #hasFirstFrame = false;

  constructor(uid: number, transceiver: () => RTCRtpTransceiver | undefined) {
    super();
    this.#uid = uid;
    this.#transceiver = transceiver;
  }

  abstract get isPlaying(): boolean;
  /** Stays the same, whatever way it comes in. */
  abstract getTrackId(): string;
  abstract getMediaStreamTrack(): MediaStreamTrack;
  abstract stop(): void;
  /** For the client only: the subscription has ended. */
  abstract close(): void;
  /** Plays this from now on, and ends what was played before. */
  protected abstract replace(track: MediaStreamTrack): Promise<void> | void;

  getUserId(): number {
    return this.#uid;
  }

  getRTCRtpTransceiver(): RTCRtpTransceiver | undefined {
    return this.#transceiver();
  }

  /** For the client only: what is received comes in by another receiver from now on. */
  async moveTo(incoming: MediaStreamTrack): Promise<void> {
    const track = incoming.clone();
    try {
      await this.replace(track);
      this.emit("track-updated", track);
    } catch (error) {
      track.stop();
      logWarning("What is received could not be taken from another way.", error);
    }
  }

  /** For the client only: something was decoded. Tells it once. */
  noteFirstFrame(): void {
    if (this.#hasFirstFrame) return;
    this.#hasFirstFrame = true;
    this.emit("first-frame-decoded");
  }
}
