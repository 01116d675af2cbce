import { afterEach, expect, test, vi } from "vitest";
import { MemoryRoom } from "./testing/memory-signalling";
import { colorSeenIn, toneHeardIn } from "./testing/painted-media";
import { Participant } from "./testing/participant";

const people: Participant[] = [];
const person = (...args: ConstructorParameters<typeof Participant>) => {
  const participant = new Participant(...args);
  people.push(participant);
  return participant;
};

afterEach(async () => {
  for (const participant of people.splice(0)) await participant.dispose();
});

test("two people see and hear each other", async () => {
  const room = new MemoryRoom();
  const rohit = person(room, 11, { color: "red", frequencyHz: 440 });
  const riya = person(room, 22, { color: "blue", frequencyHz: 880 });
  await rohit.enter();
  await riya.enter();
  await vi.waitFor(() => {
    for (const [one, other] of [
      [rohit, riya],
      [riya, rohit],
    ] as const) {
      expect(one.userOf(other)).toMatchObject({ hasAudio: true, hasVideo: true });
    }
  });
  const seen = await riya.client.subscribe(riya.userOf(rohit), "video");
  const heard = await rohit.client.subscribe(rohit.userOf(riya), "audio");
  expect(await colorSeenIn(seen.getMediaStreamTrack())).toBe("red");
  await vi.waitFor(async () => expect(await toneHeardIn(heard.getMediaStreamTrack())).toBeCloseTo(880, -2), 5000);
});
