import type { ILocalTrack, UID } from "agora-rtc-react";
import type { IceServer } from "@/lib/contracts/http";
import { RtcError, rtcError } from "./rtc-errors";

const MAX_UID = 2 ** 32 - 1;
const MAX_TOKEN_LENGTH = 2047;
/** As the SDK's own check. */
const CHANNEL_NAME = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]{1,64}$/;

/** @throws {RtcError} `INVALID_PARAMS`, before anything else is looked at */
export function checkJoinArguments(appid: string, channel: string, token: string | null, uid?: UID | null): void {
  if (typeof appid !== "string" || appid.length === 0) throw rtcError.invalidParams("Invalid appid");
  if (token !== null && (typeof token !== "string" || token.length === 0 || token.length > MAX_TOKEN_LENGTH)) {
    throw rtcError.invalidParams("Invalid token. If you do not use a token, set it to null");
  }
  if (typeof channel !== "string" || !CHANNEL_NAME.test(channel)) throw rtcError.invalidParams("Invalid channel name");
  if (uid === undefined || uid === null) return;
  const isValid = typeof uid === "number" && Number.isInteger(uid) && uid >= 0 && uid <= MAX_UID;
  if (!isValid) throw rtcError.invalidParams("A uid is an integer from 0 to 2^32 - 1");
}

/**
 * @returns the tracks to publish
 * @throws {RtcError} `INVALID_PARAMS` for what is no track or none at all, `TRACK_IS_DISABLED`
 */
export function checkTracks(published: unknown): ILocalTrack[] {
  const tracks: unknown[] = Array.isArray(published) ? published : [published];
  if (tracks.length === 0) throw rtcError.invalidParams("param list is empty");
  return tracks.map((track) => {
    if (!isLocalTrack(track)) throw rtcError.invalidParams("parameter is not local track");
    if (!track.enabled) {
      throw new RtcError("TRACK_IS_DISABLED", `can not publish a disabled track: ${track.getTrackId()}`);
    }
    return track;
  });
}

/** The contract's `undefined` is, to a browser, a property that is not there. */
export function asRtcIceServer({ urls, username, credential }: IceServer): RTCIceServer {
  return { urls, ...(username !== undefined && { username }), ...(credential !== undefined && { credential }) };
}

/** Whether it is what asks for a data channel: an `id`, and no track. */
export function isDataChannelConfig(published: unknown): boolean {
  return typeof published === "object" && published !== null && "id" in published && "ordered" in published;
}

// The SDK's classes are not to be had for `instanceof`, and two copies of it have two of them.
function isLocalTrack(track: unknown): track is ILocalTrack {
  return typeof track === "object" && track !== null && "trackMediaType" in track && "setMuted" in track;
}
