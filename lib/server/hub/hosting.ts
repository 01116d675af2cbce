import type { Db } from "@/db/client";
import { hasDepartedSince, setMutedByHost } from "@/db/members";
import { writeSession } from "@/db/sessions";
import { AppError } from "@/lib/app-error";
import type { RoomChange, RoomState } from "@/lib/contracts/hosting";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import { nobody, notHost } from "@/lib/server/refusals";
import type { Knocking } from "./knocking";
import { monotonicMs } from "./monotonic";
import type { OwedWrites } from "./owed-writes";
import type { Revocations } from "./revocations";
import type { Room } from "./room";
import type { Rooms } from "./rooms";
import type { Seat } from "./seat";
import type { HubTimings } from "./timings";

interface HostingParts {
  db: Db;
  owed: OwedWrites;
  rooms: Rooms;
  knocking: Knocking;
  revocations: Revocations;
  timings: HubTimings;
  endSeat: (room: Room, uid: Uid, nowMs: number) => void;
}

/**
 * Who is a room's host, and what a host alone may do. The first in is host; when their seat ends, which is after the grace of
 * a lost network, the one who has been there longest.
 */
export class Hosting {
  readonly #parts: HostingParts;

  constructor(parts: HostingParts) {
    this.#parts = parts;
  }

  /** @throws {AppError} `not_a_member`, `not_host` */
  requireHost(roomName: RoomName, uid: Uid): Room {
    const { room } = this.#parts.rooms.seated(roomName, uid);
    if (room.state.host !== uid) throw notHost();
    return room;
  }

  /**
   * Locks or opens the door, or makes another member host.
   *
   * @throws {AppError} `not_a_member`, `not_host`, `not_found` when the other is nobody
   */
  change(roomName: RoomName, uid: Uid, { isLocked, host }: RoomChange): RoomState {
    const room = this.requireHost(roomName, uid);
    if (host !== undefined && !room.seats.has(host)) throw nobody();
    this.#decide(room, { isLocked: isLocked ?? room.state.isLocked, host: host ?? uid });
    return room.state;
  }

  /** Has everyone's page play a member's microphone no more, until they unmute. @throws {AppError} */
  mute(roomName: RoomName, uid: Uid, target: Uid): void {
    const room = this.requireHost(roomName, uid);
    if (target === uid) throw new AppError("invalid_request", "Your own microphone has a button of its own.");
    const seat = room.seats.get(target);
    if (!seat) throw nobody();
    this.#setMuted(room, seat, true);
  }

  /** A member turned their microphone on again. @throws {AppError} `not_a_member` */
  unmute(roomName: RoomName, uid: Uid): void {
    const { room, seat } = this.#parts.rooms.seated(roomName, uid);
    this.#setMuted(room, seat, false);
  }

  #setMuted(room: Room, seat: Seat, isMutedByHost: boolean): void {
    if (seat.isMutedByHost === isMutedByHost) return;
    const { db, owed } = this.#parts;
    owed.do(() => setMutedByHost(db, room.name, seat.uid, isMutedByHost));
    seat.isMutedByHost = isMutedByHost;
    room.publish({ type: "member-updated", data: seat.member }, { to: "room" }, monotonicMs());
  }

  /**
   * Puts someone out for good: their tokens and their screen's are worth nothing any more, and the door is locked, since
   * anyone can have a new uid. Also someone who has just left.
   *
   * @throws {AppError} `not_a_member`, `not_host`, `not_found` for one who never was a member
   */
  remove(roomName: RoomName, uid: Uid, target: Uid): void {
    const room = this.requireHost(roomName, uid);
    if (target === uid) throw new AppError("invalid_request", "You can't remove yourself: leave instead.");
    const { db, revocations, knocking, timings, endSeat } = this.#parts;
    const seat = room.seats.get(target);
    if (!seat && !hasDepartedSince(db, roomName, target, Date.now() - timings.sessionMs)) throw nobody();
    revocations.revoke(roomName, target);
    this.#decide(room, { ...room.state, isLocked: true });
    const stream = room.streams.get(target);
    if (stream) {
      room.streams.delete(target);
      room.tell(stream, { type: "removed", data: {} });
      stream.end();
    }
    knocking.forget(room, target);
    endSeat(room, target, monotonicMs());
  }

  /** Someone is about to be a member of the room: its host, where there is none. */
  welcome(room: Room, uid: Uid): void {
    if (room.state.host === null) this.#decide(room, { ...room.state, host: uid });
  }

  /** Someone's seat has ended, or rows were found at a start: the host is among those who are there. */
  ensureHost(room: Room): void {
    const { host } = room.state;
    if (host !== null && room.seats.has(host)) return;
    const next = longestPresent(room)?.uid ?? null;
    if (next !== host) this.#decide(room, { ...room.state, host: next });
  }

  /** The room's session is over, in the database already: nothing of what it decided holds. */
  endSession(roomName: RoomName): void {
    const room = this.#parts.rooms.find(roomName);
    if (room) this.#announce(room, { host: null, isLocked: false });
  }

  #decide(room: Room, state: RoomState): void {
    if (state.host === room.state.host && state.isLocked === room.state.isLocked) return;
    const { db, owed } = this.#parts;
    owed.do(() => writeSession(db, room.name, { hostUid: state.host, isLocked: state.isLocked }));
    this.#announce(room, state);
  }

  #announce(room: Room, state: RoomState): void {
    const before = room.state;
    room.decide(state, monotonicMs());
    if (before.isLocked && !state.isLocked) this.#parts.knocking.admitAll(room);
    if (before.host !== state.host) this.#parts.knocking.remindHost(room);
  }
}

/** Those whose page is here come before those who may not come back. */
function longestPresent(room: Room): Seat | undefined {
  const rank = (seat: Seat) => (seat.state === "connected" ? 0 : 1);
  return [...room.seats.values()].sort((a, b) => rank(a) - rank(b) || a.joinedAt - b.joinedAt)[0];
}
