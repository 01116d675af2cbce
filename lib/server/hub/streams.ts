import type { Db } from "@/db/client";
import { AppError } from "@/lib/app-error";
import type { Instance, RoomName, Uid } from "@/lib/contracts/identifiers";
import { atCapacity } from "@/lib/server/refusals";
import type { Knocking } from "./knocking";
import { messagesInWelcome } from "./messages";
import { monotonicMs } from "./monotonic";
import type { Room } from "./room";
import { RoomStream, type StreamOwner } from "./room-stream";
import type { Rooms } from "./rooms";
import { StreamCounts } from "./stream-counts";
import type { HubTimings } from "./timings";

/** How many streams may be open; `null`: any number. */
export interface StreamLimits {
  inAll: number;
  perAddress: number | null;
}

interface StreamsParts {
  db: Db;
  rooms: Rooms;
  knocking: Knocking;
  timings: HubTimings;
  limits: StreamLimits;
  /** @param delayMs from the sending of a ping until its answer is here */
  onPong: (delayMs: number) => void;
}

interface StreamRequest {
  /** What the page last heard, as it says. */
  lastEventId: string | null;
  /** The caller's, as far as it is known. */
  address: string;
  /** Aborts when the page is gone. */
  signal: AbortSignal;
}

/** The pages' event streams: how they open, are lost and end, and what that means for their owners' seats. */
export class Streams {
  readonly #parts: StreamsParts;
  readonly #counts = new StreamCounts();
  #isStopping = false;

  constructor(parts: StreamsParts) {
    this.#parts = parts;
  }

  /**
   * Opens a page's stream of its room's events. The newest of a uid wins: an older one is told and ended.
   *
   * @throws {AppError} `at_capacity`, `rate_limited`, and `unavailable` while the server is being stopped
   */
  open(roomName: RoomName, owner: StreamOwner, request: StreamRequest): ReadableStream<Uint8Array> {
    const { rooms, knocking } = this.#parts;
    const { lastEventId, address, signal } = request;
    if (this.#isStopping) throw new AppError("unavailable", "The server is being restarted. Try again in a moment.");
    this.#requirePlace(roomName, owner.uid, address);
    const nowMs = monotonicMs();
    const room = rooms.open(roomName);
    const older = room.streams.get(owner.uid);
    if (older) {
      room.streams.delete(owner.uid);
      room.tell(older, { type: "replaced", data: {} });
      older.end();
    }
    const stream = new RoomStream(owner, nowMs, signal, {
      onLost: (lost) => this.lost(room, lost),
      onEnd: this.#counts.add(address),
    });
    this.#greet(room, stream, nowMs);
    const lastHeard = rooms.sequence.parse(lastEventId);
    const isResumed = lastHeard !== undefined && room.resume(stream, lastHeard);
    try {
      if (!isResumed) this.welcome(room, stream);
    } catch (error) {
      // What was written in the room can't be read: nobody gets this stream, and its owner's seat does not wait for it.
      room.streams.set(owner.uid, stream);
      stream.end();
      this.lost(room, stream);
      throw error;
    }
    room.streams.set(owner.uid, stream);
    if (room.state.host === owner.uid) {
      if (isResumed) knocking.tellHost(room);
      else knocking.remindHost(room);
    }
    if (signal.aborted) {
      stream.end();
      this.lost(room, stream);
    }
    return stream.body;
  }

  /** How many are open. */
  get count(): number {
    return this.#counts.total;
  }

  /**
   * Who is in the call has a place, whatever is held by those who only watch: the number of seats is limited, too. And a
   * stream that takes the place of an older one of its page needs no other.
   */
  #requirePlace(roomName: RoomName, uid: Uid, address: string): void {
    const { rooms, limits } = this.#parts;
    const room = rooms.find(roomName);
    if (room?.streams.has(uid)) return;
    if (limits.perAddress !== null && this.#counts.from(address) >= limits.perAddress) throw tooManyFromAddress();
    if (this.#counts.total >= limits.inAll && !room?.seats.has(uid)) throw atCapacity();
  }

  /** Tells a page the room as it is. */
  welcome(room: Room, stream: RoomStream): void {
    room.welcome(stream, () => messagesInWelcome(this.#parts.db, room.name));
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
    seat.endsAtMs = nowMs + this.#parts.timings.noStreamMs;
    room.setState(seat, "reconnecting", nowMs);
  }

  lost(room: Room, stream: RoomStream): void {
    if (this.#isStopping || room.streams.get(stream.uid) !== stream) return;
    room.streams.delete(stream.uid);
    const seat = room.memberOf(stream);
    if (!seat) return;
    const nowMs = monotonicMs();
    seat.endsAtMs = nowMs + this.#parts.timings.noStreamMs;
    room.setState(seat, "reconnecting", nowMs);
  }

  /**
   * A page says that it goes. Its person is kept for a moment: it may be a reload.
   *
   * @param instance the page that goes; one that is not the newest changes nothing. `undefined`: whichever is open
   */
  away(roomName: RoomName, uid: Uid, instance: Instance | undefined): void {
    const room = this.#parts.rooms.find(roomName);
    if (!room) return;
    const stream = room.streams.get(uid);
    if (stream && (instance === undefined || stream.instance === instance)) {
      room.streams.delete(uid);
      stream.end();
    }
    const seat = room.seats.get(uid);
    if (!seat || (instance !== undefined && seat.instance !== instance)) return;
    const nowMs = monotonicMs();
    const endsAtMs = nowMs + this.#parts.timings.awayMs;
    seat.endsAtMs = Math.min(seat.endsAtMs ?? endsAtMs, endsAtMs);
    room.setState(seat, "reconnecting", nowMs);
  }

  ping(room: Room, stream: RoomStream): void {
    if (!stream.isOpen) return;
    stream.pingedAtMs = monotonicMs();
    room.tell(stream, { type: "ping", data: { ping: Math.round(stream.pingedAtMs) } });
  }

  pong(roomName: RoomName, uid: Uid): void {
    const stream = this.#parts.rooms.find(roomName)?.streams.get(uid);
    if (!stream) return;
    const { heardAtMs, pingedAtMs } = stream;
    stream.heardAtMs = monotonicMs();
    if (pingedAtMs !== null && heardAtMs < pingedAtMs) this.#parts.onPong(stream.heardAtMs - pingedAtMs);
  }

  /** A token was renewed: the stream that is open goes on under it. */
  renew(roomName: RoomName, uid: Uid, expiresAtSeconds: number): void {
    const stream = this.#parts.rooms.find(roomName)?.streams.get(uid);
    if (stream) stream.tokenExpiresAtMs = Math.max(stream.tokenExpiresAtMs, expiresAtSeconds * 1_000);
  }

  /** Tells every stream that the server is being stopped, and ends it. Members keep their rows: they come back. */
  stop(): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    for (const room of this.#parts.rooms) {
      for (const stream of room.streams.values()) {
        room.tell(stream, { type: "shutdown", data: {} });
        stream.end();
      }
      room.streams.clear();
    }
  }
}

function tooManyFromAddress(): AppError {
  return new AppError(
    "rate_limited",
    "Too many pages are open from your network. Close some, or try again in a minute.",
    {
      retryAfterSeconds: 60,
    },
  );
}
