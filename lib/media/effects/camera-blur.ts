import type { ICameraVideoTrack } from "agora-rtc-react";
import { type BlurProblem, startBlur } from "./background-blur";
import { watchBlur } from "./blur-watch";
import { type Processing, TrackProcessor } from "./track-processor";

type Start = (input: MediaStreamTrack) => Promise<Processing>;

/** A camera's blur: put into one track of the SDK's after another. */
export class CameraBlur {
  readonly #onTrouble: (problem: BlurProblem) => void;
  readonly #start: Start;
  #blurred: { track: ICameraVideoTrack; source: MediaStreamTrack } | undefined;

  /** @param onTrouble a blur that worked does not any more: what the track gives may not be shown to anyone */
  constructor(onTrouble: (problem: BlurProblem) => void, start: Start = startBlur) {
    this.#onTrouble = onTrouble;
    this.#start = start;
  }

  has(track: ICameraVideoTrack): boolean {
    return this.#blurred?.track === track;
  }

  /** What the camera itself gives to a track, blurred or not. */
  sourceOf(track: ICameraVideoTrack): MediaStreamTrack {
    return this.#blurred?.track === track ? this.#blurred.source : track.getMediaStreamTrack();
  }

  /**
   * Blurs a track. Until it resolves the track gives what it gave: one that is not to be seen unblurred is shown and
   * published afterwards.
   *
   * @throws {BlurError}
   */
  async apply(track: ICameraVideoTrack): Promise<void> {
    if (this.has(track)) return;
    const source = track.getMediaStreamTrack();
    const processing = await this.#startUnlessEnded(source);
    if (!processing) return;
    const unwatch = watchBlur(source, processing.output, () => this.#onTrouble("slow"));
    const stop = () => {
      unwatch();
      processing.stop();
      if (this.has(track)) this.#blurred = undefined;
    };
    this.#blurred = { track, source };
    processing.output.addEventListener("ended", () => {
      if (this.has(track) && source.readyState === "live") this.#onTrouble("failed");
    });
    const processor = new TrackProcessor({ name: "blur", kind: "video" }, (input) => {
      if (input === source) return { output: processing.output, stop };
      // The SDK has opened the camera again by itself (after a phone call on iOS) and put it in place unblurred.
      input.enabled = false;
      this.#onTrouble("failed");
      return null;
    });
    track.pipe(processor).pipe(track.processorDestination);
  }

  /** @returns `null` when the camera was turned off or changed meanwhile: whether it could be blurred is nobody's concern then */
  async #startUnlessEnded(source: MediaStreamTrack): Promise<Processing | null> {
    try {
      const processing = await this.#start(source);
      if (source.readyState === "live") return processing;
      processing.stop();
    } catch (error) {
      if (source.readyState === "live") throw error;
    }
    return null;
  }

  /** Takes the blur away at once: the track gives the camera's own picture. */
  remove(): void {
    this.#blurred?.track.unpipe();
  }
}
