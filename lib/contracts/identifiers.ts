import * as v from "valibot";
import { normalRoomName, roomNameProblem } from "./names";
import { textCheck } from "./text-check";
import { WholeNumber } from "./whole-number";

const MAX_UID = 2 ** 32 - 1;

/**
 * A room's name, as the server knows it: 1 to 64 of `A–Z 0–9 _ -`. What people type is trimmed, runs of white space
 * become one `-` and ASCII letters capitals.
 */
export const RoomName = v.pipe(
  v.string("A room needs a name."),
  v.transform(normalRoomName),
  textCheck(roomNameProblem),
  v.brand("RoomName"),
);
export type RoomName = v.InferOutput<typeof RoomName>;

/** A member's number: unique in its room, 1 to 2^32 − 1 (Agora's range; 0 asks Agora to choose, so it is none). */
export const Uid = v.pipe(WholeNumber, v.minValue(1), v.maxValue(MAX_UID), v.brand("Uid"));
export type Uid = v.InferOutput<typeof Uid>;

const NO_UUID = "`instance` must be a UUID.";

/** A UUID made at each page load: tells a reloaded page from the one it replaced. */
export const Instance = v.pipe(v.string(NO_UUID), v.uuid(NO_UUID), v.brand("Instance"));
export type Instance = v.InferOutput<typeof Instance>;

/** A token in Agora's AccessToken2 format (`007…`). */
export const RtcToken = v.pipe(v.string(), v.startsWith("007"), v.brand("RtcToken"));
export type RtcToken = v.InferOutput<typeof RtcToken>;
