import { expect, test } from "vitest";
import { allPublished, describeCall, eventually } from "./testing/call";
import type { Participant } from "./testing/participant";

const call = describeCall();

/** Long enough to be looked at before it is over, also on a busy machine. */
const LOOKED_AT_MS = 1_500;
const timings = { lineKnownMs: LOOKED_AT_MS };

function scaleOf(person: Participant): number | undefined {
  const [connection] = person.openConnections;
  const sender = connection?.getSenders().find(({ track }) => track?.kind === "video");
  return sender?.getParameters().encodings[0]?.scaleResolutionDownBy;
}

/** The heights at which someone sees another, from the first frame on. */
async function heightsSeen(one: Participant, other: Participant): Promise<number[]> {
  const track = await one.client.subscribe(one.userOf(other), "video");
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track.getMediaStreamTrack()]);
  const heights: number[] = [];
  video.addEventListener("resize", () => heights.push(video.videoHeight));
  await video.play();
  return heights;
}

test("a picture begins half as tall, and is whole when the line is known", async () => {
  const rohit = call.person(11, { timings });
  const riya = call.person(22, { timings });
  await rohit.enter();
  await riya.enter();
  await allPublished(rohit, riya);
  const heights = await heightsSeen(rohit, riya);
  await eventually(() => expect(scaleOf(riya)).toBe(2));
  await eventually(() => expect(heights.at(-1)).toBe(120));
  expect(heights[0]).toBe(60);
  expect([scaleOf(rohit), scaleOf(riya)]).toEqual([1, 1]);
});

test("one that is turned off and on again later is whole at once", async () => {
  const rohit = await call.person(11, { timings }).enter();
  const riya = await call.person(22, { timings }).enter();
  await allPublished(rohit, riya);
  await eventually(() => expect(scaleOf(riya)).toBe(1));
  await riya.client.unpublish(riya.video);
  await eventually(() => expect(rohit.userOf(riya).hasVideo).toBe(false));
  await riya.client.publish(riya.video);
  await eventually(() => expect(rohit.userOf(riya).hasVideo).toBe(true));
  const heights = await heightsSeen(rohit, riya);
  await eventually(() => expect(heights).toEqual([120]));
});

test("a connection that takes another's place knows nothing of the line", async () => {
  const rohit = await call.person(11, { timings }).enter();
  const riya = await call.person(22, { timings }).enter();
  await allPublished(rohit, riya);
  await eventually(() => expect(scaleOf(riya)).toBe(1));
  const [before] = riya.openConnections;
  riya.openConnections[0]?.close();
  await eventually(() => expect(riya.openConnections[0]?.connectionState).toBe("connected"));
  expect(riya.openConnections[0]).not.toBe(before);
  await eventually(() => expect(scaleOf(riya)).toBe(2));
  await eventually(() => expect(scaleOf(riya)).toBe(1));
});
