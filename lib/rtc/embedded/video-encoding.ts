/** What one picture may cost, by how many others it is sent to: in a mesh each of them has an encoder of its own. */
const LADDER = [
  { upToPeers: 1, maxHeight: 720, maxBitrate: 1_500_000, maxFramerate: 30 },
  { upToPeers: 2, maxHeight: 540, maxBitrate: 800_000, maxFramerate: 25 },
  { upToPeers: 3, maxHeight: 360, maxBitrate: 500_000, maxFramerate: 20 },
  { upToPeers: 5, maxHeight: 270, maxBitrate: 300_000, maxFramerate: 15 },
  { upToPeers: Number.POSITIVE_INFINITY, maxHeight: 180, maxBitrate: 150_000, maxFramerate: 15 },
] as const;

/** What a picture may be at most. Pixels, bits a second, frames a second. */
export interface PictureLimits {
  maxHeight: number;
  maxBitrate: number;
  maxFramerate: number;
}

/**
 * Sets a sender's bit rate, size and frame rate for the number of others. Screens keep their size: they are read.
 *
 * @param lowStream what is enough for the one at the other end, who draws the picture small
 */
export async function tuneVideoSender(
  sender: RTCRtpSender,
  peerCount: number,
  lowStream: PictureLimits | undefined,
): Promise<void> {
  const step = within(LADDER.find(({ upToPeers }) => peerCount <= upToPeers) ?? LADDER[0], lowStream);
  const { track } = sender;
  const parameters = sender.getParameters();
  const encoding = parameters.encodings[0];
  if (!track || !encoding) return;

  const isToBeRead = track.contentHint === "detail" || track.contentHint === "text";
  const height = track.getSettings().height ?? step.maxHeight;
  const scaleResolutionDownBy = isToBeRead ? 1 : Math.max(1, height / step.maxHeight);
  const maxFramerate = isToBeRead ? 15 : step.maxFramerate;
  const maxBitrate = isToBeRead ? Math.max(step.maxBitrate, 500_000) : step.maxBitrate;
  if (
    encoding.maxBitrate === maxBitrate &&
    encoding.scaleResolutionDownBy === scaleResolutionDownBy &&
    encoding.maxFramerate === maxFramerate
  ) {
    return;
  }
  Object.assign(encoding, { maxBitrate, scaleResolutionDownBy, maxFramerate });
  parameters.degradationPreference = isToBeRead ? "maintain-resolution" : "balanced";
  await sender.setParameters(parameters);
}

function within(step: PictureLimits, limits: PictureLimits | undefined): PictureLimits {
  if (!limits) return step;
  return {
    maxHeight: Math.min(step.maxHeight, limits.maxHeight),
    maxBitrate: Math.min(step.maxBitrate, limits.maxBitrate),
    maxFramerate: Math.min(step.maxFramerate, limits.maxFramerate),
  };
}
