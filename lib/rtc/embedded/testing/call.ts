import { afterEach, beforeEach, expect, vi } from "vitest";
import { MemoryRoom } from "./memory-signalling";
import { colorSeenIn, toneHeardIn } from "./painted-media";
import { Participant } from "./participant";

/** A room for each test, and the people in it, who are gone at its end. */
export function describeCall() {
  let room = new MemoryRoom();
  const people: Participant[] = [];
  beforeEach(() => {
    room = new MemoryRoom();
  });
  afterEach(async () => {
    for (const person of people.splice(0)) await person.dispose();
  });
  return {
    get room() {
      return room;
    },
    person(uid: number, options?: ConstructorParameters<typeof Participant>[2]): Participant {
      const person = new Participant(room, uid, options);
      people.push(person);
      return person;
    },
  };
}

/** Awaits what is to become so. */
export function eventually<T>(check: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  return vi.waitFor(check, { timeout: timeoutMs, interval: 50 });
}

/** Everyone is on everyone's list with sound and picture. */
export function allPublished(...people: Participant[]): Promise<void> {
  return eventually(() => {
    for (const one of people) {
      for (const other of people) {
        if (one !== other) expect(one.userOf(other)).toMatchObject({ hasAudio: true, hasVideo: true });
      }
    }
  }, 15_000);
}

/** What one sees of another now. */
export async function colorOf(one: Participant, other: Participant) {
  const track = await one.client.subscribe(one.userOf(other), "video");
  return colorSeenIn(track.getMediaStreamTrack());
}

/** The tone that one hears of another, within the width of a bin. */
export async function hears(one: Participant, other: Participant, frequencyHz: number): Promise<void> {
  const track = await one.client.subscribe(one.userOf(other), "audio");
  await eventually(async () => {
    expect(Math.abs((await toneHeardIn(track.getMediaStreamTrack())) - frequencyHz)).toBeLessThan(40);
  });
}
