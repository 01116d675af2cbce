import type { Db } from "@/db/client";
import { addMessage, messagesBefore } from "@/db/messages";
import { MESSAGES_PER_PAGE } from "@/lib/contracts/http";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage, Reaction } from "@/lib/contracts/members";
import { toChatMessage } from "./messages";
import { monotonicMs } from "./monotonic";
import type { Rooms } from "./rooms";

/** What members write and show to each other. */
export class Chat {
  readonly #db: Db;
  readonly #rooms: Rooms;

  constructor({ db, rooms }: { db: Db; rooms: Rooms }) {
    this.#db = db;
    this.#rooms = rooms;
  }

  /**
   * Stores a message once and gives it to every member.
   *
   * @throws {AppError} `not_a_member`
   */
  say(
    roomName: RoomName,
    uid: Uid,
    { clientId, text }: { clientId: string; text: string },
  ): { message: ChatMessage; created: boolean } {
    const { room, seat } = this.#rooms.seated(roomName, uid);
    const { name } = seat;
    const stored = addMessage(this.#db, { room: roomName, uid, clientId, name, text, sentAtMs: Date.now() });
    const message = toChatMessage(stored.row);
    if (stored.created) room.publish({ type: "message", data: message }, { to: "members" }, monotonicMs());
    return { message, created: stored.created };
  }

  /** What was written last before a message, oldest first. @throws {AppError} `not_a_member` */
  before(roomName: RoomName, uid: Uid, id: number): ChatMessage[] {
    this.#rooms.seated(roomName, uid);
    return messagesBefore(this.#db, roomName, id, MESSAGES_PER_PAGE).map(toChatMessage);
  }

  /** Shows a sign to every member. @throws {AppError} `not_a_member` */
  react(roomName: RoomName, uid: Uid, reaction: Reaction): void {
    const { room } = this.#rooms.seated(roomName, uid);
    room.publish({ type: "reaction", data: { uid, reaction } }, { to: "members" }, monotonicMs());
  }
}
