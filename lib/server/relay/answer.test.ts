import { describe, expect, it } from "vitest";
import { buildAnswer } from "./answer";
import { parseOffer, UnusableOffer } from "./offer";
import { offerOf } from "./testing/offer";

const TRANSPORT = {
  iceUfrag: "relay",
  icePwd: "secret",
  fingerprint: "AA:BB",
  candidates: [
    { address: "192.0.2.1", port: 3_478 },
    { address: "2001:db8::1", port: 3_478 },
  ],
};
const SLOTS = new Map([
  ["2", { ssrc: 20, repairSsrc: undefined }],
  ["3", { ssrc: 30, repairSsrc: 31 }],
]);

function answerTo(sdp: string): string[][] {
  const blocks: string[][] = [[]];
  for (const line of buildAnswer(parseOffer(sdp), TRANSPORT, SLOTS).split("\r\n")) {
    if (line.startsWith("m=")) blocks.push([]);
    blocks[blocks.length - 1]?.push(line);
  }
  return blocks;
}

describe("the answer to a page's offer", () => {
  const [session = [], sound = [], picture = [], slotSound = [], slotPicture = []] = answerTo(offerOf());

  it("waits for the page: ICE-lite, passive DTLS, candidates of its own in their order", () => {
    expect(session).toContain("a=ice-lite");
    for (const section of [sound, picture, slotSound, slotPicture]) {
      expect(section).toContain("a=setup:passive");
      expect(section.filter((line) => line.startsWith("a=candidate:"))).toEqual([
        "a=candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host",
        "a=candidate:2 1 udp 2130706175 2001:db8::1 3478 typ host",
      ]);
    }
  });

  it("takes Opus, and VP8 in all its sizes with RTX, steered by transport-cc", () => {
    expect(sound[0]).toBe("m=audio 9 UDP/TLS/RTP/SAVPF 111");
    expect(picture[0]).toBe("m=video 9 UDP/TLS/RTP/SAVPF 96 97");
    for (const line of ["a=recvonly", "a=simulcast:recv q;h;f", "a=rtcp-fb:96 transport-cc", "a=fmtp:97 apt=96"]) {
      expect(picture).toContain(line);
    }
    expect(picture.join()).not.toContain("goog-remb");
  });

  it("asks to be asked for sound that was lost, both ways", () => {
    for (const section of [sound, slotSound]) expect(section).toContain("a=rtcp-fb:111 nack");
  });

  it("asks for sound in packets of 40 ms", () => {
    const asked = [sound, picture, slotSound].map((section) => section.includes("a=ptime:40"));
    expect(asked).toEqual([true, false, false]);
  });

  it("sends each slot as one stream, whose arrivals the page is to tell of", () => {
    expect(slotPicture).toContain("a=sendonly");
    expect(slotPicture).toContain("a=ssrc-group:FID 30 31");
    for (const section of [slotSound, slotPicture]) {
      expect(section).toContain("a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01");
    }
    expect(slotSound).toContain("a=rtcp-fb:111 transport-cc");
    expect(slotPicture).toContain("a=rtcp-fb:96 transport-cc");
    // A person's sound and picture are in step in one stream of the browser's.
    expect([slotSound, slotPicture].map((section) => section.find((line) => line.startsWith("a=msid:")))).toEqual([
      "a=msid:relay-0 relay-2",
      "a=msid:relay-0 relay-3",
    ]);
  });

  it("refuses what it does not know in its place", () => {
    const withData = offerOf((sdp) =>
      `${sdp}m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:4\r\n`.replace("0 1 2 3", "0 1 2 3 4"),
    );
    const blocks = answerTo(withData);
    expect(blocks[5]?.[0]).toBe("m=application 0 UDP/DTLS/SCTP 0");
    const onlyVp9 = answerTo(offerOf((sdp) => sdp.replaceAll("VP8", "AV1")));
    expect(onlyVp9[2]?.[0]).toMatch(/^m=video 0 /);
  });
});

describe("an offer", () => {
  it.each([
    ["without media", () => "v=0\r\n"],
    ["without a fingerprint", (sdp: string) => sdp.replaceAll("a=fingerprint", "a=x")],
    ["of a DTLS that waits itself", (sdp: string) => sdp.replaceAll("a=setup:actpass", "a=setup:passive")],
    ["with two sections of one mid", (sdp: string) => sdp.replace("a=mid:3", "a=mid:2")],
    ["without a mid", (sdp: string) => sdp.replace("a=mid:3", "a=x")],
    ["that is not bundled", (sdp: string) => sdp.replace("a=group:BUNDLE 0 1 2 3", "a=group:BUNDLE 0 1 2")],
    ["with more sizes than there are", (sdp: string) => sdp.replace("send q;h;f", "send a;b;c;d")],
    ["with a mid that would write more than a mid", (sdp: string) => sdp.replace("a=mid:3", "a=mid:3 x")],
  ])("%s is refused in a sentence", (_what, change) => {
    expect(() => parseOffer(offerOf(change))).toThrow(UnusableOffer);
  });

  it("of any bytes is read or refused, and never anything else", () => {
    const sdp = offerOf();
    for (let at = 0; at < sdp.length; at += 3) {
      for (const bent of [sdp.slice(0, at), `${sdp.slice(0, at)}\u0000 ;:=\n${sdp.slice(at + 5)}`]) {
        try {
          buildAnswer(parseOffer(bent), TRANSPORT, SLOTS);
        } catch (error) {
          expect(error).toBeInstanceOf(UnusableOffer);
        }
      }
    }
  });
});
