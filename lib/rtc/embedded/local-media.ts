import type { ILocalAudioTrack, ILocalTrack, ILocalVideoTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import { listenToLocalTrack, type TrackNeed } from "./local-track-events";
import { MEDIA_KINDS, type MediaKind, type SendState } from "./peer-signal";
import { RtcError, rtcError } from "./rtc-errors";

interface Publication {
  track: ILocalTrack;
  isMuted: boolean;
  dispose: () => void;
}

/** What this page publishes: at most one audio and one video track. */
export class LocalMedia {
  readonly #publications = new Map<MediaKind, Publication>();
  readonly #onChange: () => Promise<void>;

  /** @param onChange brings what is sent into line with what is published; a track's own methods wait for it */
  constructor(onChange: () => Promise<void>) {
    this.#onChange = onChange;
  }

  get tracks(): ILocalTrack[] {
    return [...this.#publications.values()].map((publication) => publication.track);
  }

  get sends(): { audio: SendState; video: SendState } {
    return { audio: this.#stateOf("audio"), video: this.#stateOf("video") };
  }

  /** What is to be sent of a kind now; `null` when it is muted, too: a silent or black stream costs as much as any. */
  outgoing(kind: MediaKind): MediaStreamTrack | null {
    const publication = this.#publications.get(kind);
    return publication && !publication.isMuted ? publication.track.getMediaStreamTrack() : null;
  }

  audioTrack(): ILocalAudioTrack | undefined {
    const track = this.#publications.get("audio")?.track;
    return track && isAudio(track) ? track : undefined;
  }

  videoTrack(): ILocalVideoTrack | undefined {
    const track = this.#publications.get("video")?.track;
    return track && isVideo(track) ? track : undefined;
  }

  /**
   * Adds tracks; those already published are passed over.
   *
   * @throws {RtcError} `CAN_NOT_PUBLISH_MULTIPLE_VIDEO_TRACKS`; `NOT_SUPPORTED` for a second audio track, which the SDK would mix
   */
  add(tracks: ILocalTrack[]): void {
    const fresh = new Map<MediaKind, ILocalTrack>();
    for (const track of new Set(tracks)) {
      const kind = track.trackMediaType;
      if (this.#publications.get(kind)?.track === track) continue;
      if (this.#publications.has(kind) || fresh.has(kind)) {
        throw kind === "video"
          ? new RtcError("CAN_NOT_PUBLISH_MULTIPLE_VIDEO_TRACKS", "there is a video track already")
          : rtcError.notSupported("publishing several audio tracks");
      }
      fresh.set(kind, track);
    }
    for (const [kind, track] of fresh) this.#publish(kind, track);
  }

  /** Takes tracks back; those that are not published are passed over. */
  remove(tracks: readonly ILocalTrack[]): void {
    for (const kind of MEDIA_KINDS) {
      const publication = this.#publications.get(kind);
      if (!publication || !tracks.includes(publication.track)) continue;
      publication.dispose();
      this.#publications.delete(kind);
    }
  }

  #publish(kind: MediaKind, track: ILocalTrack): void {
    const publication: Publication = {
      track,
      isMuted: track.muted || !track.enabled,
      dispose: listenToLocalTrack(
        track,
        (need) => this.#meet(publication, need),
        () => {
          // Agora leaves a closed track's last picture standing at the others; here it is no longer published.
          this.remove([track]);
          this.#onChange().catch((error: unknown) => logWarning("A closed track could not be taken back.", error));
        },
      ),
    };
    this.#publications.set(kind, publication);
  }

  #meet(publication: Publication, need: TrackNeed): Promise<void> {
    // `enabled` and `muted` change before or after this, by kind of track: the event alone says it.
    if (need !== "replace") publication.isMuted = need === "mute";
    return this.#onChange();
  }

  #stateOf(kind: MediaKind): SendState {
    const publication = this.#publications.get(kind);
    if (!publication) return "off";
    return publication.isMuted ? "muted" : "on";
  }
}

function isAudio(track: ILocalTrack): track is ILocalAudioTrack {
  return track.trackMediaType === "audio";
}

function isVideo(track: ILocalTrack): track is ILocalVideoTrack {
  return track.trackMediaType === "video";
}
