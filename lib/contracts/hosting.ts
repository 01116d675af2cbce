import * as z from "zod/mini";
import { Uid } from "./identifiers";
import { PersonName } from "./text";

/** What a room's session has decided. `host` is `null` while nobody is in. */
export const RoomState = z.object({ host: z.nullable(Uid), isLocked: z.boolean() });
export type RoomState = z.infer<typeof RoomState>;

/** `PATCH /api/rooms/ROOM`: the door, another host, or both. */
export const RoomChange = z.object({ isLocked: z.optional(z.boolean()), host: z.optional(Uid) }).check(
  z.refine(({ isLocked, host }) => isLocked !== undefined || host !== undefined, {
    error: "Say what is to change: `isLocked`, `host`, or both.",
  }),
);
export type RoomChange = z.infer<typeof RoomChange>;

/** `POST /api/members/mute`, `POST /api/members/remove`: whom it is about. */
export const MemberChoice = z.object({ uid: Uid });

/** Someone at a locked door. `knockedAt` is Unix milliseconds by the server's clock. */
export const Knock = z.object({ uid: Uid, name: z.string(), knockedAt: z.int() });
export type Knock = z.infer<typeof Knock>;

/** `POST /api/rooms/ROOM/knocks` */
export const KnockRequest = z.object({ name: PersonName });

/** `admitted`: `POST /api/members` will not be refused for the lock. */
export const KnockReply = z.object({ state: z.enum(["waiting", "admitted"]) });
export type KnockState = z.infer<typeof KnockReply>["state"];

/** `POST /api/rooms/ROOM/knocks/answers` */
export const KnockAnswer = z.object({ uid: Uid, isAdmitted: z.boolean() });
