import * as v from "valibot";
import "server-only";
import type { Db } from "@/db/client";
import { allMembers, forgetDepartures, hasDepartedSince, removeMember, renameMember, seatMember } from "@/db/members";
import { deleteMessagesOfEndedSessions } from "@/db/messages";
import { deleteEndedSessions, readSession } from "@/db/sessions";
import { AppError } from "@/lib/app-error";
import type { OutgoingSignal, StandingOffer } from "@/lib/contracts/http";
import { type Instance, RoomName, type Uid } from "@/lib/contracts/identifiers";
import type { Member, UnreachablePeer } from "@/lib/contracts/members";
import type { RelayNotice } from "@/lib/contracts/relay";
import { atCapacity, removed, roomLocked } from "@/lib/server/refusals";
import { Chat } from "./chat";
import { Hands } from "./hands";
import { Hosting } from "./hosting";
import { Knocking } from "./knocking";
import { noteUnreachable } from "./links";
import { checkClocks } from "./liveness";
import { monotonicMs } from "./monotonic";
import { OwedWrites } from "./owed-writes";
import { Revocations } from "./revocations";
import type { Room } from "./room";
import type { StreamOwner } from "./room-stream";
import { type PageGone, Rooms } from "./rooms";
import { Screens } from "./screens";
import { Seat } from "./seat";
import { passOn } from "./signals";
import { leaveOffer, takeOffers } from "./standing-offers";
import { type StreamLimits, Streams } from "./streams";
import { HUB_LIMITS, HUB_TIMINGS, type HubTimings } from "./timings";

interface HubOptions {
  db: Db;
  /** How many people a room holds; `null`: any number. */
  maxMembers: number | null;
  /** How many streams may be open, and, all rooms together, how many people may be in. */
  streamLimits: StreamLimits;
  timings?: Partial<HubTimings>;
  onGone: PageGone;
  /** @param delayMs from the sending of a ping until its answer is here */
  onPong: (delayMs: number) => void;
  /** Called when the clock's work failed, or a write that nobody waits for; it is tried again at the next tick. */
  onTickFailed: (error: unknown) => void;
}

/**
 * Who is in which room, and what each of them is told. The database has the members' rows; their streams and how they
 * are live here. All of it is synchronous, so that nothing comes between a change and its event.
 */
export class Hub {
  readonly timings: HubTimings;
  readonly streams: Streams;
  readonly hosting: Hosting;
  readonly knocking: Knocking;
  readonly screens: Screens;
  readonly revocations: Revocations;
  readonly chat: Chat;
  readonly hands: Hands;
  readonly #db: Db;
  readonly #maxMembers: number | null;
  readonly #maxSeats: number;
  readonly #owed: OwedWrites;
  readonly #rooms: Rooms;
  readonly #onGone: PageGone;
  readonly #onTickFailed: (error: unknown) => void;
  readonly #clock: NodeJS.Timeout;
  #sweptAtMs = monotonicMs();

  /** Rows found are people who were here before a restart: they have some seconds to come back. */
  constructor({ db, maxMembers, streamLimits, timings, onGone, onPong, onTickFailed }: HubOptions) {
    this.timings = { ...HUB_TIMINGS, ...timings };
    this.#db = db;
    this.#maxMembers = maxMembers;
    this.#maxSeats = streamLimits.inAll;
    this.#owed = new OwedWrites(onTickFailed);
    this.#onGone = onGone;
    this.#onTickFailed = onTickFailed;
    const shared = { db, owed: this.#owed, rooms: new Rooms(db), timings: this.timings };
    this.#rooms = shared.rooms;
    this.chat = new Chat(shared);
    this.hands = new Hands(shared);
    this.revocations = new Revocations(shared, this.timings.sessionMs);
    this.screens = new Screens({ ...shared, revocations: this.revocations, onGone });
    this.knocking = new Knocking(db, shared.rooms, this.timings);
    this.streams = new Streams({ ...shared, knocking: this.knocking, limits: streamLimits, onPong });
    this.hosting = new Hosting({
      ...shared,
      knocking: this.knocking,
      revocations: this.revocations,
      endSeat: (room, uid, nowMs) => this.#endSeat(room, uid, nowMs),
    });
    this.#seatThoseFound();
    this.#clock = setInterval(() => {
      try {
        this.#tick();
      } catch (error) {
        onTickFailed(error);
      }
    }, this.timings.tickMs);
    this.#clock.unref();
  }

  #seatThoseFound(): void {
    const endsAtMs = monotonicMs() + this.timings.noStreamMs;
    for (const row of allMembers(this.#db)) {
      const seat = new Seat(row, "reconnecting", endsAtMs);
      const room = this.#rooms.open(v.parse(RoomName, row.room));
      this.#rooms.seat(room, seat);
      if (seat.screen !== null) room.screens.set(seat.screen, seat);
    }
    for (const room of this.#rooms) this.hosting.ensureHost(room);
  }

  /** How much there is of everything, just now. */
  get counts(): { rooms: number; members: number; streams: number } {
    return { rooms: this.#rooms.count, members: this.#rooms.seatCount, streams: this.streams.count };
  }

  /**
   * @param asker who wants to know: at a locked door only a member may
   * @throws {AppError} `room_locked`
   */
  membersFor(roomName: RoomName, asker: Uid): Member[] {
    const room = this.#rooms.open(roomName);
    if (room.state.isLocked && !room.seats.has(asker)) throw roomLocked();
    return Array.from(room.seats.values(), ({ member }) => member);
  }

  /** Whether a uid is somebody's: a member's, that of a screen or of a page that watches the room, or a revoked one. */
  isTaken(room: RoomName, uid: Uid): boolean {
    const known = this.#rooms.find(room);
    return known?.pageOf(uid) !== undefined || known?.streams.has(uid) === true || this.revocations.has(room, uid);
  }

  /** Whether an expired token of this uid may still be renewed: its seat is there, or its owner's, or ended a short while ago. */
  isSeatKept(room: RoomName, uid: Uid): boolean {
    return (
      this.#rooms.find(room)?.pageOf(uid) !== undefined ||
      hasDepartedSince(this.#db, room, uid, Date.now() - this.timings.sessionMs)
    );
  }

  /**
   * Gets or creates the member of this uid. A stream that its page has open becomes a member's.
   *
   * @throws {AppError} `removed`, `room_locked`, `room_full`, `at_capacity`
   */
  join(roomName: RoomName, person: StreamOwner & { name: string }): { name: string; created: boolean } {
    const { uid, name, instance } = person;
    if (this.revocations.has(roomName, uid)) throw removed();
    this.#owed.settle();
    // The clock may not have come round to it, and a stranger is to find nothing of those who were here before.
    if (!this.#rooms.find(roomName)?.seats.size && readSession(this.#db, roomName)) this.#sweepSessions(roomName);
    const room = this.#rooms.open(roomName);
    if (!this.knocking.mayEnter(room, uid)) throw roomLocked();
    if (!room.seats.has(uid) && this.#rooms.seatCount >= this.#maxSeats) throw atCapacity();
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
    this.hosting.welcome(room, uid);
    this.knocking.forget(room, uid);
    const stream = room.streams.get(uid);
    const wasMember = stream !== undefined && room.memberOf(stream) !== undefined;
    const seat = room.seats.get(uid);
    if (seat) this.#bringUpToDate(room, seat, person, nowMs);
    else {
      const offers = takeOffers(room);
      const hasStream = stream?.instance === instance;
      const made = new Seat(
        seated.row,
        hasStream ? "connected" : "connecting",
        hasStream ? null : nowMs + this.timings.noStreamMs,
      );
      this.#rooms.seat(room, made);
      room.publish({ type: "member-joined", data: made.member }, { to: "room" }, nowMs);
      made.memberSince = this.#rooms.sequence.last;
      for (const tell of offers) tell(made, nowMs);
    }
    if (stream && room.memberOf(stream)) {
      stream.tokenExpiresAtMs = person.tokenExpiresAtSeconds * 1_000;
      if (!wasMember) {
        this.streams.welcome(room, stream);
        if (room.state.host === uid) this.knocking.remindHost(room);
      }
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
      this.screens.drop(room, seat);
      this.#onGone(room.name, seat.uid);
      seat.moveTo(instance);
      const hasStream = room.streams.get(seat.uid)?.instance === instance;
      seat.state = hasStream ? "connected" : "reconnecting";
      seat.endsAtMs = hasStream ? null : nowMs + this.timings.noStreamMs;
    }
    if (before.name === seat.name && before.instance === seat.instance) return;
    room.publish({ type: "member-updated", data: seat.member }, { to: "room" }, nowMs);
    if (before.instance !== seat.instance) seat.memberSince = this.#rooms.sequence.last;
  }

  /** @returns the member with the new name; `undefined` when there is none */
  rename(roomName: RoomName, uid: Uid, name: string): Member | undefined {
    const room = this.#rooms.find(roomName);
    const seat = room?.seats.get(uid);
    if (!room || !seat) return undefined;
    if (seat.name !== name) {
      this.#owed.do(() => renameMember(this.#db, roomName, uid, name));
      seat.name = name;
      room.publish({ type: "member-updated", data: seat.member }, { to: "room" }, monotonicMs());
    }
    return seat.member;
  }

  /** Ends a seat, or a screen's share, and tells everyone once. */
  leave(roomName: RoomName, uid: Uid): void {
    if (this.screens.end(roomName, uid)) return;
    const room = this.#rooms.find(roomName);
    if (room) this.#endSeat(room, uid, monotonicMs());
  }

  #endSeat(room: Room, uid: Uid, nowMs: number): void {
    const seat = room.seats.get(uid);
    if (!seat) return;
    this.screens.drop(room, seat);
    const leftAtMs = Date.now();
    this.#owed.do(() => removeMember(this.#db, room.name, uid, leftAtMs));
    // While they are a member still: their own page, too, is to hear of it.
    room.publish({ type: "member-left", data: { uid } }, { to: "room" }, nowMs);
    this.#rooms.unseat(room, uid);
    this.#onGone(room.name, uid);
    this.hosting.ensureHost(room);
  }

  /**
   * Passes signals on, each at most once.
   *
   * @returns whom they were for and who is not here, or not as that page
   * @throws {AppError} `not_a_member`
   */
  signal(roomName: RoomName, uid: Uid, signals: readonly OutgoingSignal[]): Uid[] {
    const { room, seat } = this.#rooms.seated(roomName, uid);
    return passOn(room, seat, signals, monotonicMs());
  }

  /**
   * Keeps what a member's page, alone in the room, offers to whoever comes first, and tells those in the lobby.
   *
   * @throws {AppError} `not_a_member`
   */
  leaveOffer(roomName: RoomName, uid: Uid, left: StandingOffer): void {
    const { room, seat } = this.#rooms.seated(roomName, uid);
    leaveOffer(room, seat, left, monotonicMs());
  }

  /**
   * Whether a page may have the relay carry media in the name of a uid: its own, or its screen's.
   *
   * @throws {AppError} `not_a_member`
   */
  requirePage(roomName: RoomName, caller: Uid, page: { uid: Uid; instance: Instance }): void {
    this.#rooms.speaking(roomName, caller, page);
  }

  /** Tells a page of one of its connections to the relay; nobody, when it is gone. */
  noteRelay(roomName: RoomName, page: { uid: Uid; instance: Instance }, notice: RelayNotice): void {
    const room = this.#rooms.find(roomName);
    const seat = room?.pageOf(page.uid);
    if (!room || seat?.instance !== page.instance) return;
    const audience = { to: "page", uid: seat.uid, instance: seat.instance } as const;
    room.publish({ type: "relay", data: notice }, audience, monotonicMs());
  }

  /**
   * Takes a page's word of whom it cannot reach, and tells everyone when it is news. What is said of those who are not in
   * the room is left out; the word of a page that has been replaced changes nothing.
   *
   * @throws {AppError} `not_a_member`
   */
  noteUnreachable(roomName: RoomName, page: Pick<StreamOwner, "uid" | "instance">, said: UnreachablePeer[]): void {
    const { room, seat } = this.#rooms.seated(roomName, page.uid);
    noteUnreachable(room, seat, { instance: page.instance, said }, monotonicMs());
  }

  /** Tells every stream that the server is being stopped, and ends it. Members keep their rows: they come back. */
  stop(): void {
    clearInterval(this.#clock);
    this.streams.stop();
  }

  #tick(): void {
    const nowMs = monotonicMs();
    this.#settle();
    for (const room of this.#rooms) {
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
    this.revocations.forget();
  }

  /** Whatever comes of it, the clocks go on. */
  #settle(): void {
    try {
      this.#owed.settle();
    } catch (error) {
      this.#onTickFailed(error);
    }
  }

  #tickRoom(room: Room, nowMs: number): void {
    room.log.forget(nowMs - this.timings.ringMs, HUB_LIMITS.ringBytes);
    checkClocks(room, nowMs, this.timings, {
      endSeat: (uid) => this.#endSeat(room, uid, nowMs),
      streamLost: (stream) => this.streams.lost(room, stream),
      pingDue: (stream, inMs) => this.#after(inMs, () => this.streams.ping(room, stream)),
    });
    this.knocking.checkClocks(room, nowMs);
    this.#rooms.forgetIfEmpty(room);
  }

  /**
   * What is due between two looks at the clocks is done at its own moment. All the pings of one look in one go would be answered
   * in one go, and whatever else is asked just then would wait behind them.
   */
  #after(inMs: number, work: () => void): void {
    setTimeout(() => {
      try {
        work();
      } catch (error) {
        this.#onTickFailed(error);
      }
    }, inMs).unref();
  }

  /** Ends the sessions of rooms whose last member left long enough ago: of all, or of one. */
  #sweepSessions(only?: RoomName): void {
    forgetDepartures(this.#db, Date.now() - this.timings.sessionMs, only);
    deleteMessagesOfEndedSessions(this.#db, only);
    for (const name of deleteEndedSessions(this.#db, only)) this.hosting.endSession(v.parse(RoomName, name));
  }
}
