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

/** So many come at once; looked at by a clock that a test may have go badly. */
function crowd() {
  const room = new Room(v.parse(RoomName, "MAIN"), new EventSequence(), { host: null, isLocked: false });
  const streams = Array.from({ length: STREAMS }, (_, index) => {
    const owner = {
      uid: v.parse(Uid, index + 1),
      instance: v.parse(Instance, crypto.randomUUID()),
      tokenExpiresAtSeconds: Number.MAX_SAFE_INTEGER,
    };
    return new RoomStream(owner, 0, new AbortController().signal, { onLost: vi.fn(), onEnd: vi.fn() });
  });
  for (const stream of streams) room.streams.set(stream.uid, stream);
  const pings = new Map(streams.map((stream) => [stream, [] as number[]]));
  let nowMs = 0;
  return {
    /** @returns when each has been pinged so far */
    pings: () => [...pings.values()],
    /** Looks at the clocks until then, everyone having answered each time. @param lateMs by how much each look comes late */
    passUntil(endMs: number, lateMs: (look: number) => number = () => 0): void {
      for (let look = 0; nowMs < endMs; look++, nowMs += tickMs + lateMs(look)) {
        for (const stream of streams) stream.heardAtMs = nowMs;
        checkClocks(room, nowMs, HUB_TIMINGS, {
          endSeat: vi.fn(),
          streamLost: vi.fn(),
          pingDue: (stream, inMs) => pings.get(stream)?.push(nowMs + inMs),
        });
      }
    },
  };
}

/**
 * How many there are at most in the same millisecond. 500 in the 2,500 that they have: eight in one come by chance once in some
 * million runs.
 */
function mostTogether(atMs: readonly (number | undefined)[]): number {
  const together = new Map<number, number>();
  for (const ms of atMs.map((each) => Math.floor(each ?? 0))) together.set(ms, (together.get(ms) ?? 0) + 1);
  return Math.max(...together.values());
}

it("those who came at once are pinged at once once, and from then on each at a moment of their own, every 5 s", () => {
  const { passUntil, pings } = crowd();
  passUntil(5 * pingMs);
  for (const [first, second, third] of pings()) {
    expect(first).toBe(pingMs);
    expect(second).toBeGreaterThanOrEqual(1.5 * pingMs);
    expect(second).toBeLessThanOrEqual(2 * pingMs);
    expect(third).toBeCloseTo((second ?? 0) + pingMs);
  }
  expect(mostTogether(pings().map(([, second]) => second))).toBeLessThan(8);
});

it("looks that come a little late, as they do, bring them no nearer to each other", () => {
  const { passUntil, pings } = crowd();
  passUntil(20 * pingMs, (look) => (look * 7) % 60);
  expect(mostTogether(pings().map((each) => each.at(-2)))).toBeLessThan(8);
});

it("a process that stood still pings all once when it goes on, and then each at their moment again", () => {
  const { passUntil, pings } = crowd();
  passUntil(4 * pingMs);
  const before = pings().map((each) => (each.at(-1) ?? 0) % pingMs);
  passUntil(4 * pingMs + 1, () => 30_000);
  passUntil(50_000 + 4 * pingMs);
  pings().forEach((each, index) => {
    expect((each.at(-1) ?? 0) % pingMs).toBeCloseTo(before[index] ?? 0);
  });
  expect(mostTogether(pings().map((each) => each.at(-2)))).toBeLessThan(8);
});
