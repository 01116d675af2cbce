import { describe, expect, it } from "vitest";
import { buildRtp, extensionOf, isRtcp, parseRtp, rtpHeaderLength } from "./rtp-packet";

const PACKET = {
  payloadType: 96,
  isMarked: true,
  sequenceNumber: 65_535,
  timestamp: 2 ** 32 - 1,
  ssrc: 0x89abcdef,
  extensions: [
    { id: 1, value: Buffer.from("video") },
    { id: 14, value: Buffer.from([1, 2, 3]) },
  ],
  payload: Buffer.from("payload"),
};

describe("an RTP packet", () => {
  it("is read as it was built", () => {
    const built = buildRtp(PACKET);
    expect(parseRtp(built)).toEqual(PACKET);
    expect(built.length - (rtpHeaderLength(built) ?? 0)).toBe(7);
    expect(isRtcp(built)).toBe(false);
    expect(parseRtp(buildRtp({ ...PACKET, extensions: [], payload: Buffer.alloc(0) }))?.payload).toHaveLength(0);
  });

  it("is read with contributing sources, two-byte extensions and padding", () => {
    const packet = Buffer.concat([
      Buffer.from([0xb1, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]),
      Buffer.from([0, 0, 0, 9]),
      Buffer.from([0x10, 0, 0, 1, 5, 2, 0xaa, 0xbb]),
      Buffer.from("hi"),
      Buffer.from([0, 2]),
    ]);
    const read = parseRtp(packet);
    expect(read?.payload.toString()).toBe("hi");
    expect(read && extensionOf(read, 5)).toEqual(Buffer.from([0xaa, 0xbb]));
  });

  it("is none when it is cut off, or pads more than there is", () => {
    const built = buildRtp(PACKET);
    for (let length = 0; length < built.length - PACKET.payload.length; length++) {
      expect(parseRtp(built.subarray(0, length))).toBeUndefined();
    }
    const padded = Buffer.from(built);
    padded[0] = (padded[0] ?? 0) | 0x20;
    padded[padded.length - 1] = 255;
    expect(parseRtp(padded)).toBeUndefined();
  });
});
