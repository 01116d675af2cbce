import * as v from "valibot";
import { Uid } from "./identifiers";
import { PersonName } from "./text";
import { WholeNumber } from "./whole-number";

/** What a room's session has decided. `host` is `null` while nobody is in. */
export const RoomState = v.object({ host: v.nullable(Uid), isLocked: v.boolean() });
export type RoomState = v.InferOutput<typeof RoomState>;

/** `PATCH /api/rooms/ROOM`: the door, another host, or both. */
export const RoomChange = v.pipe(
  v.object({ isLocked: v.optional(v.boolean()), host: v.optional(Uid) }),
  v.check(
    ({ isLocked, host }) => isLocked !== undefined || host !== undefined,
    "Say what is to change: `isLocked`, `host`, or both.",
  ),
);
export type RoomChange = v.InferOutput<typeof RoomChange>;

/** `POST /api/members/mute`, `POST /api/members/remove`: whom it is about. */
export const MemberChoice = v.object({ uid: Uid });

/** Someone at a locked door. `knockedAt` is Unix milliseconds by the server's clock. */
export const Knock = v.object({ uid: Uid, name: v.string(), knockedAt: WholeNumber });
export type Knock = v.InferOutput<typeof Knock>;

/** `POST /api/rooms/ROOM/knocks` */
export const KnockRequest = v.object({ name: PersonName });

/** `admitted`: `POST /api/members` will not be refused for the lock. */
export const KnockReply = v.object({ state: v.picklist(["waiting", "admitted"]) });
export type KnockState = v.InferOutput<typeof KnockReply>["state"];

/** `POST /api/rooms/ROOM/knocks/answers` */
export const KnockAnswer = v.object({ uid: Uid, isAdmitted: v.boolean() });
