import type { LowStreamParameter, RemoteStreamType, UID } from "agora-rtc-react";
import { rtcError } from "./rtc-errors";
import type { PictureLimits } from "./video-encoding";

/** `RemoteStreamType` of the SDK, which its script does not export by name. */
const HIGH_STREAM = 0;
const LOW_STREAM = 1;

/** What the low stream is unless `setLowStreamParameter` says otherwise. */
const DEFAULT_LOW: PictureLimits = { maxHeight: 180, maxBitrate: 140_000, maxFramerate: 15 };

/**
 * Large pictures and small ones, as the SDK's dual stream. Each person's picture has an encoder of its own for each of the
 * others, so the low stream is no second stream here: it is that encoder turned down for who asks for it.
 */
export class DualStream {
  #isEnabled = false;
  #low = DEFAULT_LOW;
  #isLowByDefault = false;
  readonly #isLowOf = new Map<UID, boolean>();

  /** What those get who want a small picture; `undefined` while there is only one size. */
  get lowStream(): PictureLimits | undefined {
    return this.#isEnabled ? this.#low : undefined;
  }

  /** @throws {RtcError} `INVALID_OPERATION` when it is enabled already, as the SDK */
  enable(): void {
    if (this.#isEnabled) throw rtcError.invalidOperation("Dual stream is already enabled");
    this.#isEnabled = true;
  }

  disable(): void {
    this.#isEnabled = false;
  }

  /** @param parameter pixels, frames a second and kbit a second; what is left out stays as it was */
  setLow({ height, framerate, bitrate }: LowStreamParameter): void {
    this.#low = {
      maxHeight: maxOf(height) ?? this.#low.maxHeight,
      maxFramerate: maxOf(framerate) ?? this.#low.maxFramerate,
      maxBitrate: bitrate === undefined ? this.#low.maxBitrate : bitrate * 1000,
    };
  }

  /** @throws {RtcError} `INVALID_PARAMS`; `NOT_SUPPORTED` for the SDK's further layers */
  want(uid: UID, streamType: RemoteStreamType): void {
    this.#isLowOf.set(uid, isLow(streamType));
  }

  /** @throws {RtcError} as `want` */
  wantByDefault(streamType: RemoteStreamType): void {
    this.#isLowByDefault = isLow(streamType);
  }

  wantsLow(uid: UID): boolean {
    return this.#isLowOf.get(uid) ?? this.#isLowByDefault;
  }

  /** As the SDK: what was asked for of single people lasts until the leave. */
  forgetWishes(): void {
    this.#isLowOf.clear();
  }
}

function isLow(streamType: RemoteStreamType): boolean {
  switch (Number(streamType)) {
    case HIGH_STREAM:
      return false;
    case LOW_STREAM:
      return true;
    default:
      throw rtcError.notSupported(`stream type ${streamType}`);
  }
}

function maxOf(constraint: LowStreamParameter["height"] | undefined): number | undefined {
  return typeof constraint === "number" ? constraint : (constraint?.max ?? constraint?.ideal ?? constraint?.exact);
}
