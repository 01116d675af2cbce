import { describe, expect, it } from "vitest";
import { PacketCache } from "./packet-cache";

const ROUND_TRIP_MS = 50;

describe("what was sent", () => {
  it("is repeated, but not while a repeat may be on its way", () => {
    const cache = new PacketCache();
    const packet = Buffer.from("packet");
    cache.add(65_535, packet, 100);
    expect(cache.repeat(65_535, 120, ROUND_TRIP_MS)).toBe(packet);
    expect(cache.repeat(65_535, 140, ROUND_TRIP_MS)).toBeUndefined();
    expect(cache.repeat(65_535, 171, ROUND_TRIP_MS)).toBe(packet);
  });

  it("is forgotten when it is old, or others took its place", () => {
    const cache = new PacketCache();
    for (let number = 0; number < 600; number++) cache.add(number, Buffer.from(String(number)), number);
    expect(cache.repeat(10, 600, ROUND_TRIP_MS)).toBeUndefined();
    expect(cache.repeat(599, 600, ROUND_TRIP_MS)?.toString()).toBe("599");
    expect(cache.repeat(300, 3_000, ROUND_TRIP_MS)).toBeUndefined();
    expect(cache.repeat(1_111, 600, ROUND_TRIP_MS)).toBeUndefined();
  });
});
