/** Kilobits a second. Chromium begins with 300 by itself. */
const START_KBPS = 1000;

/**
 * What this page asks of its own encoders. What an encoder does is what the other end's description asks for: so it is written into
 * that, as if the other end had said it.
 *
 * @param sdp the other end's description
 */
export function askingEncoders(sdp: string): string {
  return startingFast(silentWhileNobodySpeaks(sdp));
}

/**
 * Has Opus say nothing while nobody speaks but a word every 400 ms (discontinuous transmission, RFC 7587 §7.1 `usedtx`). Most
 * people in a call are silent most of the time, and of a room of six sound is three packets in four: each one is a wake-up, for
 * phones above all.
 */
function silentWhileNobodySpeaks(sdp: string): string {
  const [, payloadType] = /^a=rtpmap:(\d+) opus\/48000/m.exec(sdp) ?? [];
  if (payloadType === undefined) return sdp;
  return sdp.replaceAll(new RegExp(`^(a=fmtp:${payloadType} (?!.*usedtx=)[^\\r\\n]+)`, "gm"), "$1;usedtx=1");
}

/**
 * Has VP8 begin with more than it would: the first picture is a whole one, and at Chromium's own start it is on its way for a
 * tenth of a second and more, however good the network is. What the network bears is measured from then on, as ever. Other browsers pass
 * over a parameter that they do not know.
 */
function startingFast(sdp: string): string {
  return sdp.replaceAll(/^a=rtpmap:(\d+) VP8\/90000\r?\n(?!a=fmtp:\1 )/gm, (line, payloadType) => {
    return `${line}a=fmtp:${payloadType} x-google-start-bitrate=${START_KBPS}\r\n`;
  });
}
