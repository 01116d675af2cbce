/**
 * Has this page's Opus encoder say nothing while nobody speaks but a word every 400 ms (discontinuous transmission, RFC 7587 §7.1
 * `usedtx`). Most people in a call are silent most of the time, and of a room of six sound is three packets in four: each one is a
 * wake-up, for phones above all. What an encoder does is what the other end's description asks for.
 *
 * @param sdp the other end's description
 */
export function askingForSilence(sdp: string): string {
  const [, payloadType] = /^a=rtpmap:(\d+) opus\/48000/m.exec(sdp) ?? [];
  if (payloadType === undefined) return sdp;
  return sdp.replaceAll(new RegExp(`^(a=fmtp:${payloadType} (?!.*usedtx=)[^\\r\\n]+)`, "gm"), "$1;usedtx=1");
}
