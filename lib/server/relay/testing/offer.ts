const FINGERPRINT = new Array(32).fill("AB").join(":");

/** A browser's offer, with what the relay reads of one: a sound and a picture in three sizes to send, one each to receive. */
export function offerOf(change: (sdp: string) => string = (sdp) => sdp): string {
  const section = (kind: "audio" | "video", mid: string, lines: readonly string[]) => [
    kind === "audio" ? "m=audio 9 UDP/TLS/RTP/SAVPF 111 9" : "m=video 9 UDP/TLS/RTP/SAVPF 98 96 97",
    "c=IN IP4 0.0.0.0",
    "a=ice-ufrag:page",
    "a=ice-pwd:0123456789012345678901",
    `a=fingerprint:sha-256 ${FINGERPRINT}`,
    "a=setup:actpass",
    `a=mid:${mid}`,
    "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
    "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
    "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    "a=rtcp-mux",
    "a=rtcp-rsize",
    ...(kind === "audio"
      ? ["a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=10;useinbandfec=1", "a=rtpmap:9 G722/8000"]
      : ["a=rtpmap:98 VP9/90000", "a=rtpmap:96 VP8/90000", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96"]),
    ...lines,
  ];
  const lines = [
    "v=0",
    "o=- 1 2 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    "a=group:BUNDLE 0 1 2 3",
    ...section("audio", "0", ["a=sendonly", "a=ssrc:1001 cname:page"]),
    ...section("video", "1", ["a=sendonly", "a=rid:q send", "a=rid:h send", "a=rid:f send", "a=simulcast:send q;h;f"]),
    ...section("audio", "2", ["a=recvonly"]),
    ...section("video", "3", ["a=recvonly"]),
    "",
  ];
  return change(lines.join("\r\n"));
}
