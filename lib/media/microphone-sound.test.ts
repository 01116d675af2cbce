import { expect, test } from "vitest";
import { MicrophoneSilence, TalkingWhileMuted } from "./microphone-sound";

const STEP_MS = 100;
const [VOICE, ROOM] = [0.1, 0.001];

/** When it was said, in milliseconds, while a level was heard from one time to another. */
function saidAt(talking: TalkingWhileMuted, level: number, fromMs: number, toMs: number, stepMs = STEP_MS): number[] {
  const said: number[] = [];
  for (let nowMs = fromMs + stepMs; nowMs <= toMs; nowMs += stepMs) if (talking.hear(level, nowMs)) said.push(nowMs);
  return said;
}

test("who talks while muted is told once, and again after a minute", () => {
  const talking = new TalkingWhileMuted();
  talking.start(0);
  expect(saidAt(talking, VOICE, 0, 70_000)).toEqual([2000, 62_000]);
});

test("a quiet room is no talking, nor is a door that slams", () => {
  const talking = new TalkingWhileMuted();
  talking.start(0);
  expect(saidAt(talking, ROOM, 0, 5000)).toEqual([]);
  expect(talking.hear(1, 5100)).toBe(false);
  expect(saidAt(talking, ROOM, 5100, 10_000)).toEqual([]);
});

test("a page in the background, which looks once a second, takes a knock for no talking", () => {
  const talking = new TalkingWhileMuted();
  talking.start(0);
  expect(saidAt(talking, VOICE, 0, 30_000, 1000)).toEqual([]);
});

test("a microphone without the least sound is silent after five seconds, and heard at the first", () => {
  const silence = new MicrophoneSilence();
  expect(silence.hear(0, 0)).toBe(false);
  expect(silence.hear(0, 4900)).toBe(false);
  expect(silence.hear(0, 5000)).toBe(true);
  // The noise of a living microphone in a quiet room.
  expect(silence.hear(0.0001, 5100)).toBe(false);
});
