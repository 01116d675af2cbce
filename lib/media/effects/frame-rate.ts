import { logWarning } from "@/lib/log";

/** Counts the frames that a picture brings, whoever else watches it. */
export class FrameRate {
  readonly #video = document.createElement("video");
  #frames = 0;
  #atMs = performance.now();

  constructor(track: MediaStreamTrack) {
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = new MediaStream([track]);
    this.#video.play().catch((error: unknown) => logWarning("A picture's frames can't be counted.", error));
  }

  /** Frames per second since it was last asked. */
  read(): number {
    const frames = this.#video.getVideoPlaybackQuality().totalVideoFrames;
    const nowMs = performance.now();
    const rate = (1000 * (frames - this.#frames)) / (nowMs - this.#atMs);
    this.#frames = frames;
    this.#atMs = nowMs;
    return rate;
  }

  stop(): void {
    this.#video.srcObject = null;
  }
}
