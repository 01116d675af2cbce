import "server-only";
import type { Db } from "@/db/client";
import { allMembers, forgetDepartures, hasDepartedSince, removeMember, renameMember, seatMember } from "@/db/members";
import { addMessage, deleteMessagesOfEndedSessions, latestMessages, type MessageRow } from "@/db/messages";
import { AppError } from "@/lib/app-error";
import type { OutgoingSignal } from "@/lib/contracts/http";
import { type Instance, RoomName, Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage, Member, UnreachablePeer } from "@/lib/contracts/members";
import { notAMember } from "@/lib/server/refusals";
import { EventSequence } from "./event-sequence";
import { checkClocks } from "./liveness";
import { Room } from "./room";
import { RoomStream, type StreamOwner } from "./room-stream";
import { Seat } from "./seat";
import { HUB_LIMITS, HUB_TIMINGS, type HubTimings } from "./timings";

interface HubOptions {
  db: Db;
  /** How many people a room holds; `null`: any number. */
  maxMembers: number | null;
  timings?: Partial<HubTimings>;
  /** Called when the clock's work failed, a full disk for example; it is tried again at the next tick. */
  onTickFailed: (error: unknown) => void;
}

/**
 * Who is in which room, and what each of them is told. The database has the members' rows; their streams and how they
 * are live here. All of it is synchronous, so that nothing comes between a change and its event.
 */
export class Hub {
  readonly timings: HubTimings;
  readonly #db: Db;
  readonly #maxMembers: number | null;
  readonly #sequence = new EventSequence();
  readonly #rooms = new Map<RoomName, Room>();
  readonly #onTickFailed: (error: unknown) => void;
  readonly #clock: NodeJS.Timeout;
  #sweptAtMs = monotonicMs();
  #isStopping = false;

  /** Rows found are people who were here before a restart: they have some seconds to come back. */
  constructor({ db, maxMembers, timings, onTickFailed }: HubOptions) {
    this.timings = { ...HUB_TIMINGS, ...timings };
    this.#db = db;
    this.#maxMembers = maxMembers;
    this.#onTickFailed = onTickFailed;
    const endsAtMs = monotonicMs() + this.timings.noStreamMs;
    for (const row of allMembers(db)) {
      const seat = new Seat(row, "reconnecting", endsAtMs);
      this.#room(RoomName.parse(row.room)).seats.set(seat.uid, seat);
    }
    this.#clock = setInterval(() => {
      try {
        this.#tick();
      } catch (error) {
        onTickFailed(error);
      }
    }, this.timings.tickMs);
    this.#clock.unref();
  }

  members(room: RoomName): Member[] {
    return Array.from(this.#rooms.get(room)?.seats.values() ?? [], ({ member }) => member);
  }

  member(room: RoomName, uid: Uid): Member | undefined {
    return this.#rooms.get(room)?.seats.get(uid)?.member;
  }

  /** Whether a uid is somebody's: a member's, or that of a page that watches the room. */
  isTaken(room: RoomName, uid: Uid): boolean {
    const known = this.#rooms.get(room);
    return known !== undefined && (known.seats.has(uid) || known.streams.has(uid));
  }

  /** Whether an expired token of this uid may still be renewed: its seat is there, or ended a short while ago. */
  isSeatKept(room: RoomName, uid: Uid): boolean {
    return (
      this.member(room, uid) !== undefined || hasDepartedSince(this.#db, room, uid, Date.now() - this.timings.sessionMs)
    );
  }

  /**
   * Gets or creates the member of this uid. A stream that its page has open becomes a member's.
   *
   * @throws {AppError} `room_full`
   */
  join(roomName: RoomName, person: StreamOwner & { name: string }): { name: string; created: boolean } {
    const { uid, name, instance } = person;
    this.#sweepSessions();
    const seated = seatMember(this.#db, {
      room: roomName,
      uid,
      name,
      instance,
      nowMs: Date.now(),
      maxMembers: this.#maxMembers,
    });
    if (!seated) {
      throw new AppError("room_full", `This call is full: it has room for ${this.#maxMembers} people.`);
    }
    const nowMs = monotonicMs();
    const room = this.#room(roomName);
    const stream = room.streams.get(uid);
    const wasMember = stream !== undefined && room.memberOf(stream) !== undefined;
    const seat = room.seats.get(uid);
    if (seat) this.#bringUpToDate(room, seat, person, nowMs);
    else {
      const hasStream = stream?.instance === instance;
      const made = new Seat(
        seated.row,
        hasStream ? "connected" : "connecting",
        hasStream ? null : nowMs + this.timings.noStreamMs,
      );
      room.seats.set(uid, made);
      room.publish({ type: "member-joined", data: made.member }, { to: "room" }, nowMs);
      made.memberSince = this.#sequence.last;
    }
    if (stream && room.memberOf(stream)) {
      stream.tokenExpiresAtMs = person.tokenExpiresAtSeconds * 1_000;
      if (!wasMember) room.welcome(stream, () => this.#messages(roomName));
    }
    return { name: seated.row.name, created: seated.created };
  }

  #bringUpToDate(
    room: Room,
    seat: Seat,
    { name, instance }: { name: string; instance: Instance },
    nowMs: number,
  ): void {
    const before = seat.member;
    seat.name = name;
    if (seat.instance !== instance) {
      seat.moveTo(instance);
      const hasStream = room.streams.get(seat.uid)?.instance === instance;
      seat.state = hasStream ? "connected" : "reconnecting";
      seat.endsAtMs = hasStream ? null : nowMs + this.timings.noStreamMs;
    }
    if (before.name === seat.name && before.instance === seat.instance) return;
    room.publish({ type: "member-updated", data: seat.member }, { to: "room" }, nowMs);
    if (before.instance !== seat.instance) seat.memberSince = this.#sequence.last;
  }

  /** @returns the member with the new name; `undefined` when there is none */
  rename(roomName: RoomName, uid: Uid, name: string): Member | undefined {
    const room = this.#rooms.get(roomName);
    const seat = room?.seats.get(uid);
    if (!room || !seat) return undefined;
    if (seat.name !== name) {
      renameMember(this.#db, roomName, uid, name);
      seat.name = name;
      room.publish({ type: "member-updated", data: seat.member }, { to: "room" }, monotonicMs());
    }
    return seat.member;
  }

  /** Ends a seat, and tells everyone once. */
  leave(roomName: RoomName, uid: Uid): void {
    const room = this.#rooms.get(roomName);
    if (room) this.#endSeat(room, uid, monotonicMs());
  }

  #endSeat(room: Room, uid: Uid, nowMs: number): void {
    if (!room.seats.has(uid)) return;
    removeMember(this.#db, room.name, uid, Date.now());
    room.seats.delete(uid);
    room.publish({ type: "member-left", data: { uid } }, { to: "room" }, nowMs);
  }

  /**
   * A page says that it goes. Its person is kept for a moment: it may be a reload.
   *
   * @param instance the page that goes; one that is not the newest changes nothing. `undefined`: whichever is open
   */
  away(roomName: RoomName, uid: Uid, instance: Instance | undefined): void {
    const room = this.#rooms.get(roomName);
    if (!room) return;
    const stream = room.streams.get(uid);
    if (stream && (instance === undefined || stream.instance === instance)) {
      room.streams.delete(uid);
      stream.end();
    }
    const seat = room.seats.get(uid);
    if (!seat || (instance !== undefined && seat.instance !== instance)) return;
    const nowMs = monotonicMs();
    const endsAtMs = nowMs + this.timings.awayMs;
    seat.endsAtMs = Math.min(seat.endsAtMs ?? endsAtMs, endsAtMs);
    room.setState(seat, "reconnecting", nowMs);
  }

  pong(roomName: RoomName, uid: Uid): void {
    const stream = this.#rooms.get(roomName)?.streams.get(uid);
    if (stream) stream.heardAtMs = monotonicMs();
  }

  /** A token was renewed: the stream that is open goes on under it. */
  renew(roomName: RoomName, uid: Uid, expiresAtSeconds: number): void {
    const stream = this.#rooms.get(roomName)?.streams.get(uid);
    if (stream) stream.tokenExpiresAtMs = Math.max(stream.tokenExpiresAtMs, expiresAtSeconds * 1_000);
  }

  /**
   * Opens a page's stream of its room's events. The newest of a uid wins: an older one is told and ended.
   *
   * @param lastEventId what the page last heard, as it says
   * @param signal aborts when the page is gone
   * @throws {AppError} `at_capacity`, and `unavailable` while the server is being stopped
   */
  openStream(
    roomName: RoomName,
    owner: StreamOwner,
    lastEventId: string | null,
    signal: AbortSignal,
  ): ReadableStream<Uint8Array> {
    if (this.#isStopping) throw new AppError("unavailable", "The server is being restarted. Try again in a moment.");
    if (this.#streamCount() >= HUB_LIMITS.streams) {
      throw new AppError("at_capacity", "The server has all the calls that it can carry. Try again in a minute.");
    }
    const nowMs = monotonicMs();
    const room = this.#room(roomName);
    const older = room.streams.get(owner.uid);
    if (older) {
      room.streams.delete(owner.uid);
      room.tell(older, { type: "replaced", data: {} });
      older.end();
    }
    const stream = new RoomStream(owner, nowMs, signal, (lost) => this.#streamLost(room, lost));
    this.#greet(room, stream, nowMs);
    const lastHeard = this.#sequence.parse(lastEventId);
    const isResumed = lastHeard !== undefined && room.resume(stream, lastHeard);
    if (!isResumed) room.welcome(stream, () => this.#messages(roomName));
    room.streams.set(owner.uid, stream);
    if (signal.aborted) {
      stream.end();
      this.#streamLost(room, stream);
    }
    return stream.body;
  }

  /** What a new stream means for its owner's seat. */
  #greet(room: Room, stream: RoomStream, nowMs: number): void {
    const seat = room.seats.get(stream.uid);
    if (!seat) return;
    if (room.memberOf(stream)) {
      seat.endsAtMs = null;
      room.setState(seat, "connected", nowMs);
      return;
    }
    // A reloaded page, which is about to take the seat: it has as long for that as any page has for its stream.
    seat.endsAtMs = nowMs + this.timings.noStreamMs;
    room.setState(seat, "reconnecting", nowMs);
  }

  #streamLost(room: Room, stream: RoomStream): void {
    if (this.#isStopping || room.streams.get(stream.uid) !== stream) return;
    room.streams.delete(stream.uid);
    const seat = room.memberOf(stream);
    if (!seat) return;
    const nowMs = monotonicMs();
    seat.endsAtMs = nowMs + this.timings.noStreamMs;
    room.setState(seat, "reconnecting", nowMs);
  }

  /**
   * Stores a message once and gives it to every member.
   *
   * @throws {AppError} `not_a_member`
   */
  say(roomName: RoomName, uid: Uid, clientId: string, text: string): { message: ChatMessage; created: boolean } {
    const { room, seat } = this.#seated(roomName, uid);
    const stored = addMessage(this.#db, { room: roomName, uid, clientId, name: seat.name, text, sentAtMs: Date.now() });
    const message = toChatMessage(stored.row);
    if (stored.created) room.publish({ type: "message", data: message }, { to: "members" }, monotonicMs());
    return { message, created: stored.created };
  }

  /**
   * Passes signals on, each at most once.
   *
   * @returns whom they were for and who is not here, or not as that page
   * @throws {AppError} `not_a_member`
   */
  signal(roomName: RoomName, uid: Uid, signals: readonly OutgoingSignal[]): Uid[] {
    const { room, seat } = this.#seated(roomName, uid);
    const nowMs = monotonicMs();
    const absent = new Set<Uid>();
    for (const { to, toInstance, seq, signal } of signals) {
      if (room.seats.get(to)?.instance !== toInstance) absent.add(to);
      else if (!seat.hasSeen(seq)) {
        const data = { from: uid, fromInstance: seat.instance, toInstance, seq, signal };
        room.publish({ type: "signal", data }, { to: "page", uid: to, instance: toInstance }, nowMs);
      }
    }
    return [...absent];
  }

  /**
   * Takes a page's word of whom it cannot reach, and tells everyone when it is news. What is said of those who are not in
   * the room is left out; the word of a page that has been replaced changes nothing.
   *
   * @throws {AppError} `not_a_member`
   */
  noteUnreachable(roomName: RoomName, page: Pick<StreamOwner, "uid" | "instance">, said: UnreachablePeer[]): void {
    const { room, seat } = this.#seated(roomName, page.uid);
    if (seat.instance !== page.instance) return;
    const obstacles = new Map(said.map(({ uid, obstacle }) => [uid, obstacle]));
    obstacles.delete(seat.uid);
    const unreachable = Array.from(obstacles, ([uid, obstacle]) => ({ uid, obstacle })).filter(({ uid }) =>
      room.seats.has(uid),
    );
    if (JSON.stringify(unreachable) === JSON.stringify(seat.unreachable)) return;
    seat.unreachable = unreachable;
    room.publish({ type: "member-updated", data: seat.member }, { to: "room" }, monotonicMs());
  }

  #seated(roomName: RoomName, uid: Uid): { room: Room; seat: Seat } {
    const room = this.#rooms.get(roomName);
    const seat = room?.seats.get(uid);
    if (!room || !seat) throw notAMember();
    return { room, seat };
  }

  /** Tells every stream that the server is being stopped, and ends it. Members keep their rows: they come back. */
  stop(): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    clearInterval(this.#clock);
    for (const room of this.#rooms.values()) {
      for (const stream of room.streams.values()) {
        room.tell(stream, { type: "shutdown", data: {} });
        stream.end();
      }
      room.streams.clear();
    }
  }

  #tick(): void {
    const nowMs = monotonicMs();
    for (const room of this.#rooms.values()) {
      try {
        this.#tickRoom(room, nowMs);
      } catch (error) {
        // One room's trouble must not stop the pings of the others.
        this.#onTickFailed(error);
      }
    }
    if (nowMs - this.#sweptAtMs < this.timings.sweepMs) return;
    this.#sweptAtMs = nowMs;
    this.#sweepSessions();
  }

  #tickRoom(room: Room, nowMs: number): void {
    room.log.forget(nowMs - this.timings.ringMs, HUB_LIMITS.ringBytes);
    checkClocks(room, nowMs, this.timings, {
      endSeat: (uid) => this.#endSeat(room, uid, nowMs),
      streamLost: (stream) => this.#streamLost(room, stream),
    });
    if (room.isForgettable) this.#rooms.delete(room.name);
  }

  /** Ends the sessions of rooms whose last member left long enough ago. */
  #sweepSessions(): void {
    forgetDepartures(this.#db, Date.now() - this.timings.sessionMs);
    deleteMessagesOfEndedSessions(this.#db);
  }

  #messages(room: RoomName): ChatMessage[] {
    return latestMessages(this.#db, room, HUB_LIMITS.messagesInWelcome).map(toChatMessage);
  }

  #room(name: RoomName): Room {
    let room = this.#rooms.get(name);
    if (!room) {
      room = new Room(name, this.#sequence);
      this.#rooms.set(name, room);
    }
    return room;
  }

  #streamCount(): number {
    let count = 0;
    for (const room of this.#rooms.values()) count += room.streams.size;
    return count;
  }
}

function toChatMessage({ id, uid, name, clientId, text, sentAtMs }: MessageRow): ChatMessage {
  return { id, uid: Uid.parse(uid), name, clientId, text, sentAt: sentAtMs };
}

/** A clock that is never set: for how long, not for when. */
function monotonicMs(): number {
  return performance.now();
}
