import * as z from "zod/mini";
import { normalRoomName, roomNameProblem } from "./names";
import { textCheck } from "./text-check";

const MAX_UID = 2 ** 32 - 1;

/**
 * A room's name, as the server knows it: 1 to 64 of `A–Z 0–9 _ -`. What people type is trimmed, runs of white space
 * become one `-` and ASCII letters capitals.
 */
export const RoomName = z
  .pipe(
    z.pipe(z.string("A room needs a name."), z.transform(normalRoomName)),
    z.string().check(textCheck(roomNameProblem)),
  )
  .brand<"RoomName">();
export type RoomName = z.infer<typeof RoomName>;

/** A member's number: unique in its room, 1 to 2^32 − 1 (Agora's range; 0 asks Agora to choose, so it is none). */
export const Uid = z.int().check(z.minimum(1), z.maximum(MAX_UID)).brand<"Uid">();
export type Uid = z.infer<typeof Uid>;

/** A UUID made at each page load: tells a reloaded page from the one it replaced. */
export const Instance = z.uuid("`instance` must be a UUID.").brand<"Instance">();
export type Instance = z.infer<typeof Instance>;

/** A token in Agora's AccessToken2 format (`007…`). */
export const RtcToken = z.string().check(z.startsWith("007")).brand<"RtcToken">();
export type RtcToken = z.infer<typeof RtcToken>;
