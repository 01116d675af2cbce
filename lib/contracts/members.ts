import * as z from "zod/mini";
import { Instance, Uid } from "./identifiers";

/**
 * `connecting`: the member is made, its stream has not been opened yet. `reconnecting`: the stream is gone, the seat is
 * kept for a while. Both are people in the room.
 */
export const MemberState = z.enum(["connecting", "connected", "reconnecting"]);
export type MemberState = z.infer<typeof MemberState>;

/** One person in a room. `joinedAt` is Unix milliseconds and does not change when they reload. */
export const Member = z.object({
  uid: Uid,
  name: z.string(),
  state: MemberState,
  instance: Instance,
  joinedAt: z.int(),
});
export type Member = z.infer<typeof Member>;

/** One chat message. `sentAt` is Unix milliseconds by the server's clock; `name` is the sender's at that time. */
export const ChatMessage = z.object({
  id: z.int(),
  uid: Uid,
  name: z.string(),
  clientId: z.string(),
  text: z.string(),
  sentAt: z.int(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;
