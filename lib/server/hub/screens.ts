import type { Db } from "@/db/client";
import { setScreen } from "@/db/members";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import { monotonicMs } from "./monotonic";
import type { OwedWrites } from "./owed-writes";
import type { Revocations } from "./revocations";
import type { Room } from "./room";
import type { PageGone, Rooms } from "./rooms";
import type { Seat } from "./seat";

/**
 * The screens that members share. Each has a uid of its own and is no person: it has no seat and no stream, and ends with its
 * owner's page. The tokens of one that has ended are worth nothing: in its name nobody can come in.
 */
export class Screens {
  readonly #db: Db;
  readonly #owed: OwedWrites;
  readonly #rooms: Rooms;
  readonly #revocations: Revocations;
  readonly #onGone: PageGone;

  constructor(parts: { db: Db; owed: OwedWrites; rooms: Rooms; revocations: Revocations; onGone: PageGone }) {
    this.#db = parts.db;
    this.#owed = parts.owed;
    this.#rooms = parts.rooms;
    this.#revocations = parts.revocations;
    this.#onGone = parts.onGone;
  }

  /** Whether a uid is a screen that is shared now. */
  has(roomName: RoomName, uid: Uid): boolean {
    return this.#rooms.find(roomName)?.screens.has(uid) ?? false;
  }

  /**
   * From here on a uid is the member's screen, in the place of one that they shared before. Tells everyone.
   *
   * @throws {AppError} `not_a_member`
   */
  begin(roomName: RoomName, ownerUid: Uid, uid: Uid): void {
    const { room, seat } = this.#rooms.seated(roomName, ownerUid);
    this.#put(room, seat, uid);
    this.#tell(room, seat);
  }

  /** A screen is shared no more. Tells everyone. @returns whether it was one */
  end(roomName: RoomName, uid: Uid): boolean {
    const room = this.#rooms.find(roomName);
    const owner = room?.screens.get(uid);
    if (!room || !owner) return false;
    this.#put(room, owner, null);
    this.#tell(room, owner);
    return true;
  }

  /** Ends the screen of a member whose change, or going, is about to be told anyway. */
  drop(room: Room, owner: Seat): void {
    if (owner.screen !== null) this.#put(room, owner, null);
  }

  #put(room: Room, owner: Seat, uid: Uid | null): void {
    const { screen: before } = owner;
    this.#owed.do(() => setScreen(this.#db, room.name, owner.uid, uid));
    if (before !== null) {
      this.#revocations.revoke(room.name, before);
      room.screens.delete(before);
      this.#onGone(room.name, before);
    }
    owner.screen = uid;
    if (uid !== null) room.screens.set(uid, owner);
  }

  #tell(room: Room, owner: Seat): void {
    room.publish({ type: "member-updated", data: owner.member }, { to: "room" }, monotonicMs());
  }
}
