import type { Db } from "@/db/client";
import { AppError } from "@/lib/app-error";
import type { Instance, RoomName, Uid } from "@/lib/contracts/identifiers";
import type { Knocking } from "./knocking";
import { messagesInWelcome } from "./messages";
import { monotonicMs } from "./monotonic";
import type { Room } from "./room";
import { RoomStream, type StreamOwner } from "./room-stream";
import type { Rooms } from "./rooms";
import { HUB_LIMITS, type HubTimings } from "./timings";

interface StreamsParts {
  db: Db;
  rooms: Rooms;
  knocking: Knocking;
  timings: HubTimings;
}

/** The pages' event streams: how they open, are lost and end, and what that means for their owners' seats. */
export class Streams {
  readonly #parts: StreamsParts;
  #isStopping = false;

  constructor(parts: StreamsParts) {
    this.#parts = parts;
  }

  /**
   * Opens a page's stream of its room's events. The newest of a uid wins: an older one is told and ended.
   *
   * @param lastEventId what the page last heard, as it says
   * @param signal aborts when the page is gone
   * @throws {AppError} `at_capacity`, and `unavailable` while the server is being stopped
   */
  open(
    roomName: RoomName,
    owner: StreamOwner,
    lastEventId: string | null,
    signal: AbortSignal,
  ): ReadableStream<Uint8Array> {
    const { rooms, knocking } = this.#parts;
    if (this.#isStopping) throw new AppError("unavailable", "The server is being restarted. Try again in a moment.");
    if (rooms.streamCount >= HUB_LIMITS.streams) {
      throw new AppError("at_capacity", "The server has all the calls that it can carry. Try again in a minute.");
    }
    const nowMs = monotonicMs();
    const room = rooms.open(roomName);
    const older = room.streams.get(owner.uid);
    if (older) {
      room.streams.delete(owner.uid);
      room.tell(older, { type: "replaced", data: {} });
      older.end();
    }
    const stream = new RoomStream(owner, nowMs, signal, (lost) => this.lost(room, lost));
    this.#greet(room, stream, nowMs);
    const lastHeard = rooms.sequence.parse(lastEventId);
    const isResumed = lastHeard !== undefined && room.resume(stream, lastHeard);
    if (!isResumed) this.welcome(room, stream);
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

  pong(roomName: RoomName, uid: Uid): void {
    const stream = this.#parts.rooms.find(roomName)?.streams.get(uid);
    if (stream) stream.heardAtMs = monotonicMs();
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
