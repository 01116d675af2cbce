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
const SCREEN_LIMITS = {
  h: { maxBitrate: 350_000, maxFramerate: 5 },
  f: { maxBitrate: 2_500_000, maxFramerate: 15 },
} as const;
const MAX_FRAMERATE = 30;
/** Before a camera is on. */
const USUAL_HEIGHT = 360;

/** What a sender to the relay is made with: which encodings it has never changes. */
export function simulcastEncodings(role: "person" | "screen"): RTCRtpEncodingParameters[] {
  return RIDS.map((rid) => {
    const scaleResolutionDownBy = rid === "f" ? 1 : SMALLER_BY;
    return { rid, scaleResolutionDownBy, ...limitsOf(role, rid, USUAL_HEIGHT / scaleResolutionDownBy) };
  });
}

/**
 * Sets what each encoding may cost for the picture's size, and makes those that somebody is to be given.
 *
 * @param wantedRids as the relay says; `undefined`: it has not yet, so all of them
 */
export async function tuneSimulcast(
  sender: RTCRtpSender,
  role: "person" | "screen",
  wantedRids: readonly string[] | undefined,
): Promise<void> {
  const { track } = sender;
  if (!track) return;
  const parameters = sender.getParameters();
  const height = track.getSettings().height ?? USUAL_HEIGHT;
  let isChanged = false;
  for (const encoding of parameters.encodings) {
    const { rid = "", scaleResolutionDownBy = 1 } = encoding;
    const active = isMade(rid, height, wantedRids);
    const limits = limitsOf(role, rid, height / scaleResolutionDownBy);
    isChanged ||= encoding.active !== active || encoding.maxBitrate !== limits.maxBitrate;
    Object.assign(encoding, limits, { active });
  }
  if (isChanged) await sender.setParameters(parameters);
}

/** Of a small picture there is but one size, and who wants a smaller one gets that. */
export function isMade(rid: string, height: number, wantedRids: readonly string[] | undefined): boolean {
  const isOnlyOne = height < SMALLEST_HEIGHT_OF_TWO;
  if (isOnlyOne) return rid === "f" && wantedRids?.length !== 0;
  return wantedRids?.includes(rid) ?? true;
}

function limitsOf(role: "person" | "screen", rid: string, height: number) {
  if (role === "screen") return SCREEN_LIMITS[rid === "f" ? "f" : "h"];
  const { maxBitrate } = BITRATES.find(({ upToHeight }) => height <= upToHeight) ?? BITRATES[0];
  return { maxBitrate, maxFramerate: MAX_FRAMERATE };
}
