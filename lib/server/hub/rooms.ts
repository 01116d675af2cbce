import * as v from "valibot";
import type { Db } from "@/db/client";
import { readSession } from "@/db/sessions";
import { type Instance, type RoomName, Uid } from "@/lib/contracts/identifiers";
import { notAMember } from "@/lib/server/refusals";
import { EventSequence } from "./event-sequence";
import { Room } from "./room";
import type { Seat } from "./seat";

/** A member or a screen is no more, or its page is another one: whatever stands for the old page ends at once. */
export type PageGone = (room: RoomName, uid: Uid) => void;

/** The rooms that anyone is in, watches, or left a moment ago. */
export class Rooms {
  readonly sequence = new EventSequence();
  readonly #db: Db;
  readonly #rooms = new Map<RoomName, Room>();
  #seatCount = 0;

  constructor(db: Db) {
    this.#db = db;
  }

  [Symbol.iterator](): IterableIterator<Room> {
    return this.#rooms.values();
  }

  find(name: RoomName): Room | undefined {
    return this.#rooms.get(name);
  }

  /** Gets or makes the room, with what its session has decided. */
  open(name: RoomName): Room {
    const known = this.#rooms.get(name);
    if (known) return known;
    const session = readSession(this.#db, name);
    const host = session?.hostUid == null ? null : v.parse(Uid, session.hostUid);
    const room = new Room(name, this.sequence, { host, isLocked: session?.isLocked ?? false });
    this.#rooms.set(name, room);
    return room;
  }

  /** @throws {AppError} `not_a_member` */
  seated(name: RoomName, uid: Uid): { room: Room; seat: Seat } {
    const room = this.#rooms.get(name);
    const seat = room?.seats.get(uid);
    if (!room || !seat) throw notAMember();
    return { room, seat };
  }

  /**
   * The room and the page that may speak for a uid there: its member's, or its screen's owner's.
   *
   * @throws {AppError} `not_a_member`, also for a page that has been replaced
   */
  speaking(name: RoomName, caller: Uid, page: { uid: Uid; instance: Instance }): { room: Room; seat: Seat } {
    const { room, seat } = this.seated(name, caller);
    if (room.pageOf(page.uid) !== seat || seat.instance !== page.instance) throw notAMember();
    return { room, seat };
  }

  /** Forgets a room where nobody is, nobody could resume and nobody waits. */
  forgetIfEmpty(room: Room): void {
    if (room.isForgettable) this.#rooms.delete(room.name);
  }

  get count(): number {
    return this.#rooms.size;
  }

  /** People in all rooms together: asked at each arrival, so it is counted and not added up. */
  get seatCount(): number {
    return this.#seatCount;
  }

  /** Gives somebody a place in a room, or their place to another row of theirs. */
  seat(room: Room, seat: Seat): void {
    if (!room.seats.has(seat.uid)) this.#seatCount++;
    room.seats.set(seat.uid, seat);
  }

  unseat(room: Room, uid: Uid): void {
    if (room.seats.delete(uid)) this.#seatCount--;
  }
}
