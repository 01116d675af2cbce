import type { MediaKind } from "./peer-signal";

/** What every browser has (RFC 7742 §5, RFC 7874 §3), and what repairs it. */
const NEEDED: Record<MediaKind, RegExp> = {
  audio: /^audio\/opus$/i,
  video: /^video\/(VP8|H264|rtx|red|ulpfec)$/i,
};

/** Constrained baseline, in packets of any size: of the seven kinds of H.264 that a browser names, the one that all have. */
const H264_OF_ALL = { profile: /profile-level-id=42e0/i, packets: /packetization-mode=1/i };

/**
 * Leaves out of what a page offers, and so of what is answered, all codecs that would not be chosen: each is read, compared and set up by
 * both ends in the middle of a join, and a description is as long again by them. The order stays the browser's own.
 */
export function preferCodecs(transceiver: RTCRtpTransceiver, kind: MediaKind): void {
  // Firefox before 128.
  if (!("setCodecPreferences" in transceiver)) return;
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs.filter((codec) => isNeeded(kind, codec)) ?? [];
  // A browser that names its codecs otherwise goes on with all of them.
  if (codecs.some(({ mimeType }) => /opus|VP8/i.test(mimeType))) transceiver.setCodecPreferences(codecs);
}

function isNeeded(kind: MediaKind, { mimeType, sdpFmtpLine = "" }: RTCRtpCodec): boolean {
  if (!NEEDED[kind].test(mimeType)) return false;
  return !/H264$/i.test(mimeType) || (H264_OF_ALL.profile.test(sdpFmtpLine) && H264_OF_ALL.packets.test(sdpFmtpLine));
}
