import { expect, test } from "vitest";
import { allPublished, colorOf, describeCall, eventually } from "./testing/call";
import type { Participant } from "./testing/participant";

const call = describeCall();

/** Painted pictures are 120 lines high. */
const LOW = { width: 80, height: 60, framerate: 5, bitrate: 40 };

function heightAt(one: Participant, other: Participant): number | undefined {
  return one.client.getRemoteVideoStats()[other.uid]?.receiveResolutionHeight;
}

test("who asks for the small picture gets it, and the large one again; nobody else's changes", async () => {
  const rohit = call.person(11, { color: "red" });
  rohit.client.setLowStreamParameter(LOW);
  await rohit.client.enableDualStream();
  await rohit.enter();
  const riya = await call.person(22, { color: "blue" }).enter();
  const rahul = await call.person(33, { color: "lime" }).enter();
  await allPublished(rohit, riya, rahul);
  for (const one of [riya, rahul]) await one.client.subscribe(11, "video");
  for (const one of [riya, rahul]) await eventually(() => expect(heightAt(one, rohit)).toBe(120));

  await riya.client.setRemoteVideoStreamType(11, 1);
  await eventually(() => expect(heightAt(riya, rohit)).toBe(60));
  expect(heightAt(rahul, rohit)).toBe(120);
  expect(await colorOf(riya, rohit)).toBe("red");

  await riya.client.setRemoteVideoStreamType(11, 0);
  await eventually(() => expect(heightAt(riya, rohit)).toBe(120));
});

test("one who has only one size to give gives that, until there are two", async () => {
  const rohit = await call.person(11).enter();
  const riya = await call.person(22).enter();
  await allPublished(rohit, riya);
  await riya.client.setRemoteDefaultVideoStreamType(1);
  await riya.client.subscribe(11, "video");
  await eventually(() => expect(heightAt(riya, rohit)).toBe(120));
  rohit.client.setLowStreamParameter(LOW);
  await rohit.client.enableDualStream();
  await eventually(() => expect(heightAt(riya, rohit)).toBe(60));
});

test("the wish holds also for someone who comes later", async () => {
  const riya = await call.person(22).enter();
  await riya.client.setRemoteDefaultVideoStreamType(1);
  const rohit = call.person(11);
  rohit.client.setLowStreamParameter(LOW);
  await rohit.client.enableDualStream();
  await rohit.enter();
  await allPublished(rohit, riya);
  await riya.client.subscribe(11, "video");
  await eventually(() => expect(heightAt(riya, rohit)).toBe(60));
});
