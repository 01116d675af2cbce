import type { RoomEvent } from "@/lib/contracts/events";
import type { RoomState } from "@/lib/contracts/hosting";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { ChatMessage, MemberState } from "@/lib/contracts/members";
import { Door } from "./door";
import { type Audience, EventLog, type LoggedEvent } from "./event-log";
import type { EventSequence } from "./event-sequence";
import type { RoomStream } from "./room-stream";
import type { Seat } from "./seat";
import { withdrawOffer } from "./standing-offers";
import { HUB_LIMITS } from "./timings";

/** One room while anyone is in it or watches it: seats, streams and the last events. Knows nothing of time. */
export class Room {
  readonly name: RoomName;
  readonly seats = new Map<Uid, Seat>();
  /** Whose screen a uid is. */
  readonly screens = new Map<Uid, Seat>();
  readonly streams = new Map<Uid, RoomStream>();
  readonly log: EventLog;
  readonly door = new Door();
  readonly #sequence: EventSequence;
  #state: RoomState;
  /** At this event the door was locked or opened: what a page in the lobby knows from before is not so any more. */
  #lockedOrOpenedAt = 0;

  constructor(name: RoomName, sequence: EventSequence, state: RoomState) {
    this.name = name;
    this.#sequence = sequence;
    this.#state = state;
    this.log = new EventLog(sequence.last);
  }

  /** Nobody is here, nobody could resume, and nothing is remembered of anyone at the door. */
  get isForgettable(): boolean {
    return this.seats.size === 0 && this.streams.size === 0 && this.log.isEmpty && this.door.isEmpty;
  }

  /** What its session has decided. */
  get state(): RoomState {
    return this.#state;
  }

  /**
   * Takes what was decided and tells it: to members, and to those in the lobby what the room is to them now. At a locked door
   * that is also whether anyone is inside.
   */
  decide(state: RoomState, nowMs: number): void {
    const before = this.#state;
    this.#state = state;
    this.publish({ type: "room-updated", data: state }, { to: "members" }, nowMs);
    const isDoorMoved = state.isLocked !== before.isLocked;
    if (isDoorMoved) this.#lockedOrOpenedAt = this.#sequence.last;
    if (isDoorMoved || (state.isLocked && (state.host === null) !== (before.host === null))) this.#welcomeLobby();
  }

  #welcomeLobby(): void {
    for (const stream of this.streams.values()) {
      if (!this.memberOf(stream)) this.welcome(stream, () => []);
    }
  }

  /** The member whose page this stream is; `undefined` for a page that has not joined, or has been replaced. */
  memberOf(stream: RoomStream): Seat | undefined {
    const seat = this.seats.get(stream.uid);
    return seat?.instance === stream.instance ? seat : undefined;
  }

  /** Whose page speaks for a uid: the member's own, or, for a screen, its owner's. */
  pageOf(uid: Uid): Seat | undefined {
    return this.seats.get(uid) ?? this.screens.get(uid);
  }

  /** Sends an event to all that it is for, and keeps it for those who come back. */
  publish(event: RoomEvent, audience: Audience, nowMs: number): void {
    const logged: LoggedEvent = { ...this.#sequence.frame(event), event, audience, atMs: nowMs };
    this.log.append(logged);
    this.log.forget(Number.NEGATIVE_INFINITY, HUB_LIMITS.ringBytes);
    for (const stream of this.streams.values()) {
      if (this.#isFor(logged, stream)) stream.send(logged.bytes);
    }
  }

  /** Sends an event to one stream only, outside what is kept. */
  tell(stream: RoomStream, event: RoomEvent): void {
    stream.send(this.#sequence.frame(event).bytes);
  }

  /** Tells everyone when it changes how a member is. */
  setState(seat: Seat, state: MemberState, nowMs: number): void {
    if (seat.state === state) return;
    seat.state = state;
    if (state !== "connected") withdrawOffer(this, seat, nowMs);
    this.publish({ type: "member-updated", data: seat.member }, { to: "room" }, nowMs);
  }

  /**
   * Brings a stream just opened up to date by what it missed.
   *
   * @param lastHeard the number of the last event that its page got
   * @returns `false` when that can't be known, or is not enough: it needs a welcome
   */
  resume(stream: RoomStream, lastHeard: number): boolean {
    const missed = this.log.since(lastHeard);
    if (!missed || missed.some(({ event }) => event.type === "member-left" && event.data.uid === stream.uid))
      return false;
    if (lastHeard < (this.memberOf(stream)?.memberSince ?? this.#lockedOrOpenedAt)) return false;
    for (const logged of missed) {
      if (this.#isFor(logged, stream)) stream.send(logged.bytes);
    }
    return true;
  }

  welcome(stream: RoomStream, messages: () => ChatMessage[]): void {
    const seat = this.memberOf(stream);
    this.tell(stream, {
      type: "welcome",
      data: {
        self: { uid: stream.uid, kind: seat ? "join" : "lobby" },
        members: seat || !this.#state.isLocked ? Array.from(this.seats.values(), ({ member }) => member) : [],
        room: this.#state,
        messages: seat ? messages() : [],
        resumed: false,
      },
    });
    if (seat) seat.memberSince = this.#sequence.last;
    else if (!this.#state.isLocked) this.#tellStandingOffers(stream);
  }

  #tellStandingOffers(stream: RoomStream): void {
    for (const { uid, instance, standingOffer } of this.seats.values()) {
      if (!standingOffer) continue;
      const { offer } = standingOffer;
      this.tell(stream, { type: "standing-offer", data: { uid, instance, offer } });
    }
  }

  /**
   * Whether an event is for this stream, as the room is now: those in the lobby of a locked room learn nothing of who is
   * inside, and both pages of a signal must still be the ones that their people have open.
   */
  #isFor({ event, audience }: LoggedEvent, stream: RoomStream): boolean {
    switch (audience.to) {
      case "room":
        return !this.#state.isLocked || this.memberOf(stream) !== undefined;
      case "lobby":
        return !this.#state.isLocked && this.memberOf(stream) === undefined;
      case "members":
        return this.memberOf(stream) !== undefined;
      case "page": {
        const isSenderHere =
          event.type !== "signal" || this.pageOf(event.data.from)?.instance === event.data.fromInstance;
        const isAddressee = stream.uid === audience.uid && stream.instance === audience.instance;
        return isSenderHere && isAddressee && this.memberOf(stream) !== undefined;
      }
      default:
        return audience satisfies never;
    }
  }
}
