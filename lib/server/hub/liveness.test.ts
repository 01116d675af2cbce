import * as v from "valibot";
import { expect, it, vi } from "vitest";
import { Instance, RoomName, Uid } from "@/lib/contracts/identifiers";
import { EventSequence } from "./event-sequence";
import { checkClocks } from "./liveness";
import { Room } from "./room";
import { RoomStream } from "./room-stream";
import { HUB_TIMINGS } from "./timings";

const STREAMS = 500;
const { tickMs, pingMs } = HUB_TIMINGS;

const room = new Room(v.parse(RoomName, "MAIN"), new EventSequence(), { host: null, isLocked: false });
const streams = Array.from({ length: STREAMS }, (_, index) => {
  const owner = {
    uid: v.parse(Uid, index + 1),
    instance: v.parse(Instance, crypto.randomUUID()),
    tokenExpiresAtSeconds: Number.MAX_SAFE_INTEGER,
  };
  return new RoomStream(owner, 0, new AbortController().signal, { onLost: vi.fn(), onEnd: vi.fn() });
});

/** When each is pinged in so long, all having answered until then. */
function pingsUntil(endMs: number): Map<RoomStream, number[]> {
  const atMs = new Map(streams.map((stream) => [stream, [] as number[]]));
  for (let nowMs = 0; nowMs < endMs; nowMs += tickMs) {
    for (const stream of streams) stream.heardAtMs = nowMs;
    checkClocks(room, nowMs, HUB_TIMINGS, {
      endSeat: vi.fn(),
      streamLost: vi.fn(),
      pingDue: (stream, inMs) => atMs.get(stream)?.push(nowMs + inMs),
    });
  }
  return atMs;
}

it("those who came at once are pinged at once once, and from then on each at a moment of their own, every 5 s", () => {
  for (const stream of streams) room.streams.set(stream.uid, stream);
  const pings = [...pingsUntil(5 * pingMs).values()];
  const seconds = pings.map(([, second]) => second ?? 0);
  for (const [first, second, third] of pings) {
    expect(first).toBe(pingMs);
    expect(second).toBeGreaterThanOrEqual(1.5 * pingMs);
    expect(second).toBeLessThanOrEqual(2 * pingMs);
    expect(third).toBeCloseTo((second ?? 0) + pingMs);
  }
  // 500 in the 2,500 ms that they have: so many in the same one come by chance once in some million runs.
  const together = Array.from({ length: pingMs }, () => 0);
  for (const ms of seconds) together[Math.floor(ms) - pingMs] = (together[Math.floor(ms) - pingMs] ?? 0) + 1;
  expect(Math.max(...together)).toBeLessThan(8);
});
