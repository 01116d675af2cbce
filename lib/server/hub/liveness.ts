import type { Uid } from "@/lib/contracts/identifiers";
import type { Room } from "./room";
import type { RoomStream } from "./room-stream";
import type { HubTimings } from "./timings";

interface Consequences {
  endSeat(uid: Uid): void;
  streamLost(stream: RoomStream): void;
  /** Its ping is due after so long: before the clocks are looked at again. */
  pingDue(stream: RoomStream, inMs: number): void;
}

/**
 * Looks at every clock of a room: sees to the pings that are due until it looks again, and ends streams that are silent, too
 * slow or whose token is over, and seats whose time is up.
 *
 * @param nowMs monotonic milliseconds
 */
export function checkClocks(room: Room, nowMs: number, timings: HubTimings, then: Consequences): void {
  for (const stream of [...room.streams.values()]) checkStream(room, stream, nowMs, timings, then);
  for (const seat of [...room.seats.values()]) {
    if (seat.endsAtMs !== null && seat.endsAtMs <= nowMs) then.endSeat(seat.uid);
  }
}

function checkStream(room: Room, stream: RoomStream, nowMs: number, timings: HubTimings, then: Consequences): void {
  if (stream.isOverfull) {
    stream.cut();
    then.streamLost(stream);
    return;
  }
  if (nowMs - stream.heardAtMs >= timings.pongTimeoutMs) {
    try {
      if (room.memberOf(stream)) then.endSeat(stream.uid);
    } finally {
      stream.end();
      then.streamLost(stream);
    }
    return;
  }
  if (Date.now() >= stream.tokenExpiresAtMs + timings.tokenGraceMs) {
    room.tell(stream, { type: "token-expired", data: {} });
    stream.end();
    then.streamLost(stream);
    return;
  }
  const dueAtMs = stream.pingDueAtMs ?? stream.openedAtMs + timings.pingMs;
  // A look further than the next one, which may be late: what is due before it would have to be done then, together.
  if (dueAtMs - nowMs >= 2 * timings.tickMs) return;
  // After a restart all pages are back in the same second. They shall not be pinged, and answer, all at once for ever after.
  const untilNextMs = stream.pingDueAtMs === null ? timings.pingMs * (0.5 + Math.random() / 2) : timings.pingMs;
  stream.pingDueAtMs = after(nowMs, dueAtMs + untilNextMs, timings.pingMs);
  then.pingDue(stream, Math.max(0, dueAtMs - nowMs));
}

/** The first time after now that is one, or so many periods later: however late something was, the next time is in its rhythm. */
function after(nowMs: number, atMs: number, periodMs: number): number {
  return atMs + Math.max(0, Math.ceil((nowMs - atMs) / periodMs)) * periodMs;
}
