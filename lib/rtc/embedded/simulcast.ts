import { changeParameters } from "./sender-parameters";
import type { PictureLimits } from "./video-encoding";

/**
 * The encodings of a picture that goes to the relay, the smaller first. There are two: of a picture of 640 × 360 Chromium makes no
 * more (`kSimulcastFormats` in WebRTC's `video/config/simulcast.cc`), whatever it is asked for.
 */
const RIDS = ["h", "f"] as const;
const SMALLER_BY = 2;

/** Of a picture that is no larger than this Chromium makes only one encoding: the smallest that it is asked for. */
const SMALLEST_HEIGHT_OF_TWO = 270;

/** What a picture of so many lines may cost; bits a second. */
const BITRATES = [
  { upToHeight: 180, maxBitrate: 180_000 },
  { upToHeight: 270, maxBitrate: 350_000 },
  { upToHeight: 360, maxBitrate: 600_000 },
  { upToHeight: 540, maxBitrate: 1_000_000 },
  { upToHeight: Number.POSITIVE_INFINITY, maxBitrate: 1_700_000 },
] as const;
/** A screen is read: there is it, and half of it, now and then, for those whose network bears no more. */
const SCREEN = { maxBitrate: 2_500_000, maxFramerate: 15 };
const SMALL_SCREEN = { scaleResolutionDownBy: SMALLER_BY, maxBitrate: 350_000, maxFramerate: 5 };
/** By how many steps less is encoded: both sizes stay, since somebody is given each. */
const MAX_FRAMERATES = [30, 20, 15, 12, 10] as const;
/** Before a camera is on. */
const USUAL_HEIGHT = 360;

/** What is sent by a page, and to whom. */
export interface Sending {
  role: "person" | "screen";
  /** The small picture that those get who want no more; `undefined` where there is none to give. */
  lowStream: PictureLimits | undefined;
  /** As the relay says; `undefined`: it has not yet. */
  wantedRids: readonly string[] | undefined;
  /** How much less than usual this page encodes (`CpuAdaptation`). */
  stepsDown: number;
}

/** What a sender to the relay is made with: which encodings it has never changes. */
export function simulcastEncodings(role: "person" | "screen"): RTCRtpEncodingParameters[] {
  return RIDS.map((rid) => ({ rid, ...limitsOf(rid, USUAL_HEIGHT, { role, lowStream: undefined, stepsDown: 0 }) }));
}

/** Sets what each encoding may be for the picture's size, and makes those that somebody is to be given. */
export async function tuneSimulcast(sender: RTCRtpSender, sending: Sending): Promise<void> {
  const { track } = sender;
  if (!track) return;
  const height = track.getSettings().height ?? USUAL_HEIGHT;
  await changeParameters(sender, { height, ...sending }, ({ encodings }) => {
    let isChanged = false;
    for (const encoding of encodings) {
      const { rid = "" } = encoding;
      const wanted = { ...limitsOf(rid, height, sending), active: isMade(rid, height, sending) };
      isChanged ||= Object.entries(wanted).some(([name, value]) => encoding[name as keyof typeof encoding] !== value);
      Object.assign(encoding, wanted);
    }
    return isChanged;
  });
}

/** Who wants a size that is not made gets the other one. */
export function isMade(rid: string, height: number, { role, lowStream, wantedRids = RIDS }: Sending): boolean {
  if (wantedRids.length === 0) return false;
  if (role === "person" && lowStream === undefined) return rid === "f";
  const isOnlyOne = role === "person" && height < SMALLEST_HEIGHT_OF_TWO;
  if (isOnlyOne && wantedRids.includes("f")) return rid === "f";
  return wantedRids.includes(rid);
}

function limitsOf(
  rid: string,
  height: number,
  { role, lowStream, stepsDown }: Pick<Sending, "role" | "lowStream" | "stepsDown">,
) {
  const most = MAX_FRAMERATES[stepsDown] ?? MAX_FRAMERATES[0];
  if (role === "screen") {
    const limits = rid === "f" ? { scaleResolutionDownBy: 1, ...SCREEN } : SMALL_SCREEN;
    return { ...limits, maxFramerate: Math.min(limits.maxFramerate, most) };
  }
  const scaleResolutionDownBy = rid === "f" ? 1 : Math.max(1, lowStream ? height / lowStream.maxHeight : SMALLER_BY);
  const usual = bitrateOf(height / scaleResolutionDownBy);
  if (rid === "f" || !lowStream) return { scaleResolutionDownBy, maxBitrate: usual, maxFramerate: most };
  const { maxBitrate, maxFramerate } = lowStream;
  return {
    scaleResolutionDownBy,
    maxBitrate: Math.min(usual, maxBitrate),
    maxFramerate: Math.min(maxFramerate, most),
  };
}

function bitrateOf(height: number): number {
  return (BITRATES.find(({ upToHeight }) => height <= upToHeight) ?? BITRATES[0]).maxBitrate;
}
