import type { Db } from "@/db/client";
import { setHandRaisedAt } from "@/db/members";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import { nobody, notHost } from "@/lib/server/refusals";
import { monotonicMs } from "./monotonic";
import type { OwedWrites } from "./owed-writes";
import type { Room } from "./room";
import type { Rooms } from "./rooms";

/** Whose hand is up, and since when: that is their order. */
export class Hands {
  readonly #db: Db;
  readonly #owed: OwedWrites;
  readonly #rooms: Rooms;

  constructor({ db, owed, rooms }: { db: Db; owed: OwedWrites; rooms: Rooms }) {
    this.#db = db;
    this.#owed = owed;
    this.#rooms = rooms;
  }

  /**
   * Raises or lowers a hand, and tells everyone when that changes anything; one that is up keeps its place.
   *
   * @param whose another's hand can only be lowered, and only by the host
   * @throws {AppError} `not_a_member`, `not_host`, `not_found`
   */
  set(roomName: RoomName, by: Uid, { whose, isRaised }: { whose: Uid; isRaised: boolean }): void {
    const { room } = this.#rooms.seated(roomName, by);
    if (whose !== by && (isRaised || room.state.host !== by)) throw notHost();
    const seat = room.seats.get(whose);
    if (!seat) throw nobody();
    if (isRaised === (seat.handRaisedAt !== null)) return;
    const handRaisedAt = isRaised ? afterAllOthers(room) : null;
    this.#owed.do(() => setHandRaisedAt(this.#db, roomName, whose, handRaisedAt));
    seat.handRaisedAt = handRaisedAt;
    room.publish({ type: "member-updated", data: seat.member }, { to: "room" }, monotonicMs());
  }
}

/** Now, or just after the last hand: no two are the same, and a clock that was set back changes no order. Unix milliseconds. */
function afterAllOthers(room: Room): number {
  const others = Array.from(room.seats.values(), ({ handRaisedAt }) => handRaisedAt ?? 0);
  return Math.max(Date.now(), Math.max(...others) + 1);
}
