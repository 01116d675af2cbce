import type { Uid } from "@/lib/contracts/identifiers";
import type { Room } from "./room";
import type { RoomStream } from "./room-stream";
import type { HubTimings } from "./timings";

interface Consequences {
  endSeat(uid: Uid): void;
  streamLost(stream: RoomStream): void;
}

/**
 * Looks at every clock of a room: pings what is due, and ends streams that are silent, too slow or whose token is over,
 * and seats whose time is up.
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
  } else if (nowMs - stream.heardAtMs >= timings.pongTimeoutMs) {
    try {
      if (room.memberOf(stream)) then.endSeat(stream.uid);
    } finally {
      stream.end();
      then.streamLost(stream);
    }
  } else if (Date.now() >= stream.tokenExpiresAtMs + timings.tokenGraceMs) {
    room.tell(stream, { type: "token-expired", data: {} });
    stream.end();
    then.streamLost(stream);
  } else if (nowMs - stream.pingedAtMs >= (stream.pingAfterMs ?? timings.pingMs)) {
    // After a restart all pages are back in the same second. They shall not be pinged, and answer, all at once for ever after.
    stream.pingAfterMs = stream.pingAfterMs === null ? timings.pingMs * (0.5 + Math.random() / 2) : timings.pingMs;
    stream.pingedAtMs = nowMs;
    room.tell(stream, { type: "ping", data: { ping: Math.round(nowMs) } });
  }
}
