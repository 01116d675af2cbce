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

/** How many are pinged at one look at the clocks, all having answered until then. */
function pingedAt(nowMs: number): number {
  for (const stream of streams) stream.heardAtMs = nowMs;
  checkClocks(room, nowMs, HUB_TIMINGS, { endSeat: vi.fn(), streamLost: vi.fn() });
  return streams.filter((stream) => stream.pingedAtMs === nowMs).length;
}

const looksWithin = (fromMs: number) =>
  Array.from({ length: pingMs / tickMs }, (_, look) => pingedAt(fromMs + (look + 1) * tickMs));
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

it("those who came at once are pinged at once once, and from then on each at a time of their own, every 5 s", () => {
  for (const stream of streams) room.streams.set(stream.uid, stream);
  const first = looksWithin(0);
  expect(first.slice(0, -1)).toEqual(first.slice(1).map(() => 0));
  expect(first.at(-1)).toBe(STREAMS);

  const second = looksWithin(pingMs);
  expect(sum(second)).toBe(STREAMS);
  // Twenty on average, in the half of the time that they have: so many more come together by chance once in some billion runs.
  expect(Math.max(...second)).toBeLessThan(60);
  expect(looksWithin(2 * pingMs)).toEqual(second);
});
