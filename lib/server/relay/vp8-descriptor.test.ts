import { describe, expect, it } from "vitest";
import { parseVp8, rewriteVp8 } from "./vp8-descriptor";

/** RFC 7741 §4.2 with everything in it, before a key frame of 640 × 360. */
const FULL = Buffer.from([0x90, 0xe0, 0x81, 0x02, 0x05, 0x60, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0x68, 0x01]);

describe("the start of a VP8 packet", () => {
  it("is read", () => {
    expect(parseVp8(FULL)).toEqual({
      isFrameStart: true,
      isKeyFrame: true,
      size: { width: 640, height: 360 },
      pictureId: { value: 0x102, at: 2, bits: 15 },
      tl0PictureIndex: { value: 5, at: 4 },
      temporalLayer: 1,
      isLayerSync: true,
    });
  });

  it("is read without any of what it may leave out", () => {
    expect(parseVp8(Buffer.from([0x10, 0x01]))).toMatchObject({ isFrameStart: true, isKeyFrame: false });
    expect(parseVp8(Buffer.from([0x00, 0x00]))).toMatchObject({ isFrameStart: false, isKeyFrame: false });
    expect(parseVp8(Buffer.from([0x90, 0x80, 0x7f, 0x01]))?.pictureId).toEqual({ value: 127, at: 2, bits: 7 });
  });

  it("is given other numbers in place, which go round", () => {
    const payload = Buffer.from(FULL);
    const descriptor = parseVp8(payload);
    if (!descriptor) throw new Error("It is VP8.");
    rewriteVp8(payload, descriptor, { pictureId: 2 ** 15 + 7, tl0PictureIndex: 258 });
    const expected = Buffer.from(FULL);
    expected.set([0x80, 0x07, 0x02], 2);
    expect(payload).toEqual(expected);
  });

  it("is none where it is cut off", () => {
    for (let length = 0; length <= 6; length++) expect(parseVp8(FULL.subarray(0, length))).toBeUndefined();
  });
});
