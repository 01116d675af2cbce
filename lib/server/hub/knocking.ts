import type { Db } from "@/db/client";
import { hasDepartedSince } from "@/db/members";
import { AppError } from "@/lib/app-error";
import type { KnockState } from "@/lib/contracts/hosting";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import { monotonicMs } from "./monotonic";
import type { Room } from "./room";
import type { Rooms } from "./rooms";
import { HUB_LIMITS, type HubTimings } from "./timings";

/** The way into a locked room: who may come in, who waits, and what each of them and the host are told. */
export class Knocking {
  readonly #db: Db;
  readonly #rooms: Rooms;
  readonly #timings: HubTimings;

  constructor(db: Db, rooms: Rooms, timings: HubTimings) {
    this.#db = db;
    this.#rooms = rooms;
    this.#timings = timings;
  }

  /**
   * Whether the door is open for someone: a member, one who was let in, and one who was a member a short while ago (a laptop
   * that slept) need not knock.
   */
  mayEnter(room: Room, uid: Uid): boolean {
    return (
      !room.state.isLocked ||
      room.seats.has(uid) ||
      room.door.isAdmitted(uid) ||
      hasDepartedSince(this.#db, room.name, uid, Date.now() - this.#timings.sessionMs)
    );
  }

  /**
   * Someone asks to be let in. Who asks again keeps their place.
   *
   * @throws {AppError} `rate_limited` for a while after a refusal, and when too many wait
   */
  knock(roomName: RoomName, { uid, name }: { uid: Uid; name: string }): KnockState {
    const nowMs = monotonicMs();
    const room = this.#rooms.open(roomName);
    if (this.mayEnter(room, uid)) return "admitted";
    const refusedForMs = room.door.refusedForMs(uid, nowMs);
    if (refusedForMs > 0) throw tooSoon("The host did not let you in.", refusedForMs);
    if (!room.door.isWaiting(uid) && room.door.knockCount >= HUB_LIMITS.knocks) {
      throw tooSoon("Too many people wait to be let in.", this.#timings.knockAgainMs);
    }
    if (room.door.knock(uid, name, nowMs)) this.tellHost(room);
    return "waiting";
  }

  /** They give up. */
  withdraw(roomName: RoomName, uid: Uid): void {
    const room = this.#rooms.find(roomName);
    if (room) this.forget(room, uid);
  }

  /** They came in, or are not to. */
  forget(room: Room, uid: Uid): void {
    if (room.door.forget(uid)) this.tellHost(room);
  }

  /** @throws {AppError} `not_found` when they knock no longer */
  answer(room: Room, uid: Uid, isAdmitted: boolean): void {
    if (!room.door.isWaiting(uid)) throw new AppError("not_found", "They don't wait to be let in any more.");
    const nowMs = monotonicMs();
    if (isAdmitted) this.#admit(room, uid, nowMs);
    else {
      room.door.refuse(uid, nowMs + this.#timings.knockAgainMs);
      tellPage(room, uid, false);
    }
    this.tellHost(room);
  }

  /** The door is open: everyone who waits may come in. */
  admitAll(room: Room): void {
    const { knocks } = room.door;
    const nowMs = monotonicMs();
    for (const { uid } of knocks) this.#admit(room, uid, nowMs);
    if (knocks.length > 0) this.tellHost(room);
  }

  /** Tells the host who waits. Not kept for resuming: a host's stream that opens is told anew. */
  tellHost(room: Room): void {
    const { host } = room.state;
    const stream = host === null ? undefined : room.streams.get(host);
    if (stream && room.memberOf(stream)) {
      room.tell(stream, { type: "knocks", data: { knocks: room.door.knocks } });
    }
  }

  /** The same, where a host who hears of nobody takes it that nobody waits. */
  remindHost(room: Room): void {
    if (room.door.knockCount > 0) this.tellHost(room);
  }

  /** Those whose page is gone for long wait no more. */
  checkClocks(room: Room, nowMs: number): void {
    if (room.door.checkClocks(nowMs, this.#timings.noStreamMs, (uid) => room.streams.has(uid))) this.tellHost(room);
  }

  #admit(room: Room, uid: Uid, nowMs: number): void {
    room.door.admit(uid, nowMs);
    tellPage(room, uid, true);
  }
}

/** A page whose stream is lost at this moment knocks again when it is back, and learns it then. */
function tellPage(room: Room, uid: Uid, isAdmitted: boolean): void {
  const stream = room.streams.get(uid);
  if (stream) room.tell(stream, { type: "knock-answered", data: { isAdmitted } });
}

function tooSoon(why: string, ms: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(ms / 1_000));
  return new AppError("rate_limited", `${why} You can knock again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
}
