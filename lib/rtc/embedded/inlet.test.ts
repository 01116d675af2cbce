import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { comesIn, type Inlet } from "./inlet";
import type { MediaKind } from "./peer-signal";

const PATIENCE_MS = 3_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An inlet by which sound and picture come from some time on, in milliseconds from now. */
function inletOf(fromMs: Record<MediaKind, number>): Inlet {
  const startMs = performance.now();
  const transceiver = (kind: MediaKind) => {
    const count = () => (performance.now() - startMs >= fromMs[kind] ? 1 : 0);
    const stats = () => new Map([[kind, { type: "inbound-rtp", framesDecoded: count(), packetsReceived: count() }]]);
    return { receiver: { getStats: async () => stats() } } as unknown as RTCRtpTransceiver;
  };
  return { route: "relay", connection: {} as RTCPeerConnection, transceiver };
}

/** After how many milliseconds what is waited for counts as come; `undefined`: not within half a minute. */
async function waitedFor(inlet: Inlet): Promise<number | undefined> {
  const startMs = performance.now();
  const { signal } = new AbortController();
  let endMs: number | undefined;
  void comesIn(inlet, () => ["audio", "video"], { picturePatienceMs: PATIENCE_MS, signal }).then(() => {
    endMs = performance.now();
  });
  await vi.advanceTimersByTimeAsync(30_000);
  return endMs === undefined ? undefined : endMs - startMs;
}

it("waits for a picture for a while after its sound has come, however late that was", async () => {
  expect(await waitedFor(inletOf({ audio: 5_000, video: 6_000 }))).toBeGreaterThanOrEqual(6_000);
  const withoutPicture = await waitedFor(inletOf({ audio: 5_000, video: Number.POSITIVE_INFINITY }));
  expect(withoutPicture).toBeGreaterThanOrEqual(5_000 + PATIENCE_MS);
  expect(withoutPicture).toBeLessThan(5_500 + PATIENCE_MS);
});

it("never takes a picture alone for all there is", async () => {
  expect(await waitedFor(inletOf({ audio: Number.POSITIVE_INFINITY, video: 100 }))).toBeUndefined();
});
