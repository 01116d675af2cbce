import { changeParameters } from "./sender-parameters";

/** Of a list from much to little: what a picture may cost where it is sent to up to so many. */
interface Step {
  upToReceivers: number;
  maxHeight?: number;
  maxBitrate: number;
  maxFramerate: number;
}

/** The first is for the fewest, the last for any number. */
type Ladder<Of extends Step> = readonly [Of, ...Of[]];

/** What one picture may cost, by how many others it is sent to: each direct link has an encoder of its own. */
const LADDER: Ladder<PictureLimits & Step> = [
  { upToReceivers: 1, maxHeight: 720, maxBitrate: 1_500_000, maxFramerate: 30 },
  { upToReceivers: 2, maxHeight: 540, maxBitrate: 800_000, maxFramerate: 25 },
  { upToReceivers: 3, maxHeight: 360, maxBitrate: 500_000, maxFramerate: 20 },
  { upToReceivers: 5, maxHeight: 270, maxBitrate: 300_000, maxFramerate: 15 },
  { upToReceivers: Number.POSITIVE_INFINITY, maxHeight: 180, maxBitrate: 150_000, maxFramerate: 15 },
];

/**
 * A picture begins no taller than this, and no more than half as tall as it is: until they know what the line bears browsers send
 * slowly (Chromium 750 kbit/s, two and a half times its first guess), and everything waits for a large first frame.
 */
const FIRST_MAX_HEIGHT = 180;
const FIRST_SMALLER_BY = 2;

/** What a screen may cost. Its size stays, since it is read; where there are many, it is drawn less often. */
const SCREEN_LADDER: Ladder<Step> = [
  { upToReceivers: 1, maxBitrate: 2_500_000, maxFramerate: 15 },
  { upToReceivers: 2, maxBitrate: 1_800_000, maxFramerate: 15 },
  { upToReceivers: 3, maxBitrate: 1_200_000, maxFramerate: 10 },
  { upToReceivers: 5, maxBitrate: 800_000, maxFramerate: 8 },
  { upToReceivers: Number.POSITIVE_INFINITY, maxBitrate: 500_000, maxFramerate: 5 },
];

/** What a picture may be at most. Pixels, bits a second, frames a second. */
export interface PictureLimits {
  maxHeight: number;
  maxBitrate: number;
  maxFramerate: number;
}

/**
 * Sets a sender's bit rate, size and frame rate for the number of those who receive it. Screens keep their size.
 *
 * @param options.stepsDown how much less than usual this page encodes (`CpuAdaptation`): a picture as if there were more people
 * @param options.limits what is enough for the one at the other end, who draws the picture small
 * @param options.isFirst nothing is known of the line yet: the picture begins small, so as to be there at once
 */
export async function tuneVideoSender(
  sender: RTCRtpSender,
  options: { receiverCount: number; stepsDown: number; limits: PictureLimits | undefined; isFirst: boolean },
): Promise<void> {
  const { limits, isFirst } = options;
  const { track } = sender;
  if (!track) return;
  const isToBeRead = track.contentHint === "detail" || track.contentHint === "text";
  const filmed = track.getSettings();
  const step = isToBeRead ? stepOf(SCREEN_LADDER, filmed, options) : within(stepOf(LADDER, filmed, options), limits);
  const { maxBitrate, maxFramerate } = step;
  const { height } = filmed;
  const scaleResolutionDownBy = step.maxHeight && height ? scaleOf(height, step.maxHeight, isFirst) : 1;
  const wanted = { maxBitrate, scaleResolutionDownBy, maxFramerate };
  const degradationPreference = isToBeRead ? "maintain-resolution" : "balanced";
  await changeParameters(sender, { ...wanted, degradationPreference }, (parameters) => {
    for (const encoding of parameters.encodings) Object.assign(encoding, wanted);
    parameters.degradationPreference = degradationPreference;
    return true;
  });
}

function stepOf<Of extends Step>(
  ladder: Ladder<Of>,
  { height = Number.POSITIVE_INFINITY, frameRate = Number.POSITIVE_INFINITY }: MediaTrackSettings,
  { receiverCount, stepsDown }: { receiverCount: number; stepsDown: number },
): Of {
  const usual = ladder.findIndex(({ upToReceivers }) => receiverCount <= upToReceivers);
  // What allows all that is filmed would be no less.
  const less = ladder
    .slice(usual + 1)
    .filter(({ maxHeight = height, maxFramerate }) => maxHeight <= height || maxFramerate < frameRate);
  return [ladder[usual], ...less][Math.min(stepsDown, less.length)] ?? ladder[0];
}

function scaleOf(height: number, maxHeight: number, isFirst: boolean): number {
  return Math.max(height / maxHeight, ...(isFirst ? [FIRST_SMALLER_BY, height / FIRST_MAX_HEIGHT] : [1]));
}

function within(step: PictureLimits, limits: PictureLimits | undefined): PictureLimits {
  if (!limits) return step;
  return {
    maxHeight: Math.min(step.maxHeight, limits.maxHeight),
    maxBitrate: Math.min(step.maxBitrate, limits.maxBitrate),
    maxFramerate: Math.min(step.maxFramerate, limits.maxFramerate),
  };
}
