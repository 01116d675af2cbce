import type { VirtualBackgroundProcessor } from "@shiguredo/virtual-background";
import { logWarning } from "@/lib/log";
import { EFFECT_FILES } from "./effect-files";
import { effectObstacle } from "./effect-support";
import type { Processing } from "./track-processor";

/** At 360 lines a room is colours and no more. Pixels. */
const BLUR_RADIUS_PX = 14;

/** Graphics programs are compiled for the first frame. Milliseconds, from when all is loaded. */
const FIRST_FRAME_MS = 10_000;

/** Why a picture can't be blurred: the machine is too `slow`, or it `failed`. */
export type BlurProblem = "slow" | "failed";

/** There is no blurred picture; an unblurred one is not to be had from here either. */
export class BlurError extends Error {
  override readonly name = "BlurError";
  readonly problem: BlurProblem;

  constructor(problem: BlurProblem, options?: ErrorOptions) {
    super(`The background can't be blurred: ${problem}.`, options);
    this.problem = problem;
  }
}

/** MediaPipe's selfie segmentation and its 6 MB of compiled code, loaded from this server with the first blur and kept. */
let loaded: Promise<VirtualBackgroundProcessor> | undefined;

async function load(): Promise<VirtualBackgroundProcessor> {
  const { VirtualBackgroundProcessor } = await import("@shiguredo/virtual-background");
  return new VirtualBackgroundProcessor(EFFECT_FILES);
}

/**
 * Blurs what is behind the person.
 *
 * @param input a camera's
 * @returns when there is a blurred picture: its first frame has come
 * @throws {BlurError}
 */
export async function startBlur(input: MediaStreamTrack): Promise<Processing> {
  // It was turned on in an earlier visit, with a graphics card.
  if (effectObstacle("blur")) throw new BlurError("failed");
  loaded ??= load();
  try {
    const processor = await loaded;
    // One camera at a time.
    processor.stopProcessing();
    if (!isVideo(input)) throw new TypeError("Only a picture can be blurred.");
    const output = await processor.startProcessing(input, { blurRadius: BLUR_RADIUS_PX });
    const stop = () => {
      if (processor.getProcessedTrack() === output) processor.stopProcessing();
      output.stop();
    };
    if (await hasFrame(output, FIRST_FRAME_MS)) return { output, stop };
    stop();
  } catch (error) {
    loaded = undefined;
    throw new BlurError("failed", { cause: error });
  }
  throw new BlurError("slow");
}

/** Whether a track gives a picture in time. */
async function hasFrame(track: MediaStreamTrack, withinMs: number): Promise<boolean> {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  // Not `requestVideoFrameCallback`: it waits for the page to be looked at.
  const isThere = new Promise<boolean>((resolve) => {
    video.addEventListener("loadeddata", () => resolve(true), { once: true });
    setTimeout(() => resolve(false), withinMs);
  });
  video.play().catch((error: unknown) => logWarning("The blurred picture can't be watched.", error));
  try {
    return await isThere;
  } finally {
    video.srcObject = null;
  }
}

function isVideo(track: MediaStreamTrack): track is MediaStreamVideoTrack {
  return track.kind === "video";
}
