import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SoundLevel } from "./sound-level";

type Source = Partial<RTCRtpSynchronizationSource>;

let sources: Source[];
let receiver: RTCRtpReceiver;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  receiver = { getSynchronizationSources: () => sources } as unknown as RTCRtpReceiver;
});
afterEach(() => vi.useRealTimers());

test.each([
  [1, 1],
  [0.1, 0.8],
  [0.01, 0.6],
  [0.000_001, 0],
  [0, 0],
])("a linear level of %d is %d, as the SDK counts", (audioLevel, level) => {
  sources = [{ audioLevel, timestamp: 1 }];
  expect(new SoundLevel().of(receiver)).toBeCloseTo(level, 5);
});

test("there is none without a receiver, before the first packet, and where packets tell none", () => {
  const level = new SoundLevel();
  expect(level.of(undefined)).toBe(0);
  sources = [];
  expect(level.of(receiver)).toBe(0);
  sources = [{ timestamp: 1 }];
  expect(level.of(receiver)).toBe(0);
});

test("what was heard last is over when nothing more comes, and not before the next packet of who is silent", () => {
  const level = new SoundLevel();
  sources = [{ audioLevel: 0.1, timestamp: 1 }];
  expect(level.of(receiver)).toBeCloseTo(0.8);
  vi.advanceTimersByTime(450);
  expect(level.of(receiver)).toBeCloseTo(0.8);
  vi.advanceTimersByTime(450);
  expect(level.of(receiver)).toBe(0);
  sources = [{ audioLevel: 0.1, timestamp: 2 }];
  expect(level.of(receiver)).toBeCloseTo(0.8);
});
