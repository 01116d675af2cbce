import type {
  IAgoraRTCRemoteUser,
  IRemoteAudioTrack,
  IRemoteTrack,
  IRemoteVideoTrack,
  RemoteAudioTrackStats,
  RemoteVideoTrackStats,
} from "agora-rtc-react";
import { asSdkType } from "@/lib/rtc/sdk-type";
import type { ClientEmit } from "./client-events";
import { MEDIA_KINDS, type MediaKind, type SendState, type Terms } from "./peer-signal";
import { EmbeddedRemoteAudioTrack } from "./remote-audio-track";
import { EmbeddedRemoteVideoTrack } from "./remote-video-track";
import { RtcError, rtcError } from "./rtc-errors";

/** How someone's media comes in. It may change its way, and has other tracks then. */
export interface Incoming {
  /** Asks the other to send a kind, or to stop. */
  want(kind: MediaKind, isWanted: boolean): void;
  /**
   * Resolves when there is a way in.
   *
   * @throws {RtcError} `OPERATION_ABORTED` when the user leaves first
   */
  ready(): Promise<void>;
  /** @throws {RtcError} `OPERATION_ABORTED` */
  track(kind: MediaKind): MediaStreamTrack;
  transceiver(kind: MediaKind): RTCRtpTransceiver | undefined;
}

/** What is known of what comes in. */
export interface IncomingFigures {
  readonly audioStats: RemoteAudioTrackStats;
  readonly videoStats: RemoteVideoTrackStats;
  readonly hasSound: boolean;
  readonly hasPicture: boolean;
}

/** Another person whose client is in the call: the SDK's user object, and what stands behind it. */
export class RemoteUser {
  /** Given out to everyone, changed in place, always before the event that tells of the change: as the SDK does. */
  readonly user: IAgoraRTCRemoteUser;
  readonly #incoming: Incoming;
  readonly #figures: IncomingFigures;
  readonly #emit: ClientEmit;
  readonly #subscribed = { audio: false, video: false };
  #sends: Terms["sends"] = { audio: "off", video: "off" };
  #audio: EmbeddedRemoteAudioTrack | undefined;
  #video: EmbeddedRemoteVideoTrack | undefined;

  constructor(uid: number, incoming: Incoming, figures: IncomingFigures, emit: ClientEmit) {
    this.user = { uid, hasAudio: false, hasVideo: false };
    this.#incoming = incoming;
    this.#figures = figures;
    this.#emit = emit;
  }

  /** Takes in what the other sends now, and tells of each difference. */
  apply(sends: Terms["sends"]): void {
    const before = this.#sends;
    this.#sends = { ...sends };
    // As the SDK: all that ends has ended before any of it is told.
    this.user.hasAudio &&= sends.audio === "on";
    this.user.hasVideo &&= sends.video === "on";
    this.#exposeTracks();
    for (const kind of MEDIA_KINDS) this.#tellKind(kind, before[kind], sends[kind]);
  }

  /** What is subscribed comes in another way now. */
  moveIn(): void {
    void this.#audio?.moveTo(this.#incoming.track("audio"));
    void this.#video?.moveTo(this.#incoming.track("video"));
  }

  /**
   * @returns the same track for as long as it is subscribed
   * @throws {RtcError} `REMOTE_USER_IS_NOT_PUBLISHED`, `INVALID_REMOTE_USER`; `OPERATION_ABORTED` when the user leaves, or is unsubscribed, meanwhile
   */
  async subscribe(kind: MediaKind): Promise<IRemoteTrack> {
    const { hasAudio, hasVideo, uid } = this.user;
    if (!hasAudio && !hasVideo) {
      throw new RtcError("INVALID_REMOTE_USER", "user is not published");
    }
    if (!(kind === "audio" ? hasAudio : hasVideo)) {
      throw new RtcError("REMOTE_USER_IS_NOT_PUBLISHED", `user ${uid} has not published ${kind}`);
    }
    this.#subscribed[kind] = true;
    this.#incoming.want(kind, true);
    await this.#incoming.ready();
    if (!this.#subscribed[kind]) throw rtcError.aborted("unsubscribed meanwhile");
    return this.#trackOf(kind, this.#incoming.track(kind));
  }

  unsubscribe(kind: MediaKind): void {
    if (!this.#subscribed[kind]) return;
    this.#incoming.want(kind, false);
    this.#closeTrack(kind);
  }

  /** For events that the receiver's statistics tell. */
  noteDecoded(): void {
    if (this.#figures.hasSound) this.#audio?.noteFirstFrame();
    if (this.#figures.hasPicture) this.#video?.noteFirstFrame();
  }

  /** They have left, or we have: in that case nothing is told. */
  close(): void {
    this.#closeTracks();
    this.user.hasAudio = false;
    this.user.hasVideo = false;
    this.#exposeTracks();
  }

  #tellKind(kind: MediaKind, before: SendState, state: SendState): void {
    if (before === state) return;
    if (kind === "audio") this.user.hasAudio = state === "on";
    else this.user.hasVideo = state === "on";
    this.#exposeTracks();
    const { uid } = this.user;
    if (state === "muted") this.#emit("user-info-updated", uid, `mute-${kind}`);
    else if (before === "muted" && state === "on") this.#emit("user-info-updated", uid, `unmute-${kind}`);
    if (state === "on") this.#emit("user-published", this.user, kind);
    else if (before === "on") this.#emit("user-unpublished", this.user, kind);
    if (state === "off") this.#closeTrack(kind);
  }

  #trackOf(kind: MediaKind, incoming: MediaStreamTrack): IRemoteTrack {
    const uid = Number(this.user.uid);
    const transceiver = () => this.#incoming.transceiver(kind);
    if (kind === "audio") {
      this.#audio ??= new EmbeddedRemoteAudioTrack(incoming, {
        uid,
        transceiver,
        stats: () => this.#figures.audioStats,
      });
    } else {
      this.#video ??= new EmbeddedRemoteVideoTrack(incoming, {
        uid,
        transceiver,
        stats: () => this.#figures.videoStats,
      });
    }
    this.#exposeTracks();
    const track = kind === "audio" ? this.#audio : this.#video;
    if (!track) throw rtcError.aborted("the user has left");
    return asSdkType<IRemoteTrack>(track);
  }

  /** A muted track stays, out of sight, and is the same when it is unmuted. */
  #exposeTracks(): void {
    const { user } = this;
    if (user.hasAudio && this.#audio) user.audioTrack = asSdkType<IRemoteAudioTrack>(this.#audio);
    else delete user.audioTrack;
    if (user.hasVideo && this.#video) user.videoTrack = asSdkType<IRemoteVideoTrack>(this.#video);
    else delete user.videoTrack;
  }

  #closeTracks(): void {
    for (const kind of MEDIA_KINDS) this.#closeTrack(kind);
  }

  #closeTrack(kind: MediaKind): void {
    this.#subscribed[kind] = false;
    if (kind === "audio") {
      this.#audio?.close();
      this.#audio = undefined;
    } else {
      this.#video?.close();
      this.#video = undefined;
    }
    this.#exposeTracks();
  }
}
