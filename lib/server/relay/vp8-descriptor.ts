import { modulo } from "./sequence";

/** The start of a VP8 packet's payload (RFC 7741 §4.2): what decides on forwarding, and what is written anew. */
export interface Vp8Descriptor {
  /** A frame begins with this packet. */
  isFrameStart: boolean;
  isKeyFrame: boolean;
  /** Of a key frame's first packet. */
  size: { width: number; height: number } | undefined;
  pictureId: { value: number; at: number; bits: 7 | 15 } | undefined;
  tl0PictureIndex: { value: number; at: number } | undefined;
  /** 0 is what the others build on. */
  temporalLayer: number;
  /** It builds on the lowest layer alone: whoever was not given its own until now may be from here on. */
  isLayerSync: boolean;
}

/** @returns `undefined` for what is no VP8 packet */
export function parseVp8(payload: Buffer): Vp8Descriptor | undefined {
  const first = payload[0];
  if (first === undefined) return undefined;
  let at = 1;
  const isExtended = (first & 0x80) !== 0;
  const flags = isExtended ? payload[at++] : 0;
  if (flags === undefined) return undefined;
  let pictureId: Vp8Descriptor["pictureId"];
  if (flags & 0x80) {
    const byte = payload[at];
    if (byte === undefined) return undefined;
    if (byte & 0x80) {
      if (at + 2 > payload.length) return undefined;
      pictureId = { value: payload.readUInt16BE(at) & 0x7fff, at, bits: 15 };
      at += 2;
    } else {
      pictureId = { value: byte, at, bits: 7 };
      at++;
    }
  }
  let tl0PictureIndex: Vp8Descriptor["tl0PictureIndex"];
  if (flags & 0x40) {
    const value = payload[at];
    if (value === undefined) return undefined;
    tl0PictureIndex = { value, at };
    at++;
  }
  let temporalLayer = 0;
  let isLayerSync = false;
  if (flags & 0x30) {
    const byte = payload[at];
    if (byte === undefined) return undefined;
    if (flags & 0x20) {
      temporalLayer = byte >> 6;
      isLayerSync = (byte & 0x20) !== 0;
    }
    at++;
  }
  if (at >= payload.length) return undefined;
  const isFrameStart = (first & 0x10) !== 0 && (first & 0x07) === 0;
  const isKeyFrame = isFrameStart && (payload.readUInt8(at) & 0x01) === 0;
  return {
    isFrameStart,
    isKeyFrame,
    size: isKeyFrame ? keyFrameSize(payload.subarray(at)) : undefined,
    pictureId,
    tl0PictureIndex,
    temporalLayer,
    isLayerSync,
  };
}

/** Writes numbers of its own into a packet's payload, in place. */
export function rewriteVp8(
  payload: Buffer,
  { pictureId, tl0PictureIndex }: Pick<Vp8Descriptor, "pictureId" | "tl0PictureIndex">,
  numbers: { pictureId: number; tl0PictureIndex: number },
): void {
  if (pictureId?.bits === 15) payload.writeUInt16BE(0x8000 | modulo(numbers.pictureId, 2 ** 15), pictureId.at);
  else if (pictureId) payload.writeUInt8(modulo(numbers.pictureId, 2 ** 7), pictureId.at);
  if (tl0PictureIndex) payload.writeUInt8(modulo(numbers.tl0PictureIndex, 2 ** 8), tl0PictureIndex.at);
}

/** RFC 6386 §9.1: after three bytes and a start code, twice 14 bits with 2 of scaling. */
function keyFrameSize(frame: Buffer): { width: number; height: number } | undefined {
  if (frame.length < 10 || frame.readUIntBE(3, 3) !== 0x9d012a) return undefined;
  return { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff };
}
