import AgoraRTC from "agora-rtc-react";
import { expect, test } from "vitest";
import { allPublished, colorOf, describeCall, eventually, hears } from "./testing/call";
import { type Color, framesArrive, paintPicture } from "./testing/painted-media";

const call = describeCall();

async function two() {
  const rohit = await call.person(11, { color: "red", frequencyHz: 440 }).enter();
  const riya = await call.person(22, { color: "blue", frequencyHz: 880 }).enter();
  await allPublished(rohit, riya);
  return { rohit, riya };
}

test("two people see and hear each other", async () => {
  const { rohit, riya } = await two();
  expect(await colorOf(riya, rohit)).toBe("red");
  expect(await colorOf(rohit, riya)).toBe("blue");
  await hears(rohit, riya, 880);
  await hears(riya, rohit, 440);
});

test("five people each see the right picture and hear the right tone of each other", async () => {
  const colors: Color[] = ["red", "lime", "blue", "yellow", "magenta"];
  const people = colors.map((color, index) => call.person(11 + index, { color, frequencyHz: 400 + 300 * index }));
  await Promise.all(people.map((person) => person.enter()));
  await allPublished(...people);
  for (const [index, one] of people.entries()) {
    const others = people.filter((other) => other !== one);
    const seen = await Promise.all(others.map((other) => colorOf(one, other)));
    expect(seen).toEqual(colors.filter((_, otherIndex) => otherIndex !== index));
    const next = (index + 1) % people.length;
    const neighbour = people[next];
    if (neighbour) await hears(one, neighbour, 400 + 300 * next);
  }
  for (const one of people) expect(one.openConnections).toHaveLength(4);
}, 60_000);

test.each(["audio", "video"] as const)(
  "muting %s is told, in the SDK's order, and unmuting brings it back",
  async (kind) => {
    const { rohit, riya } = await two();
    const before = await riya.client.subscribe(11, kind);
    riya.events.length = 0;
    await rohit[kind].setMuted(true);
    await eventually(() =>
      expect(riya.events).toEqual([`user-info-updated 11 "mute-${kind}"`, `user-unpublished 11 "${kind}"`]),
    );
    expect(riya.userOf(rohit)[kind === "audio" ? "hasAudio" : "hasVideo"]).toBe(false);
    expect(riya.userOf(rohit)[`${kind}Track`]).toBeUndefined();

    riya.events.length = 0;
    await rohit[kind].setMuted(false);
    await eventually(() =>
      expect(riya.events).toEqual([`user-info-updated 11 "unmute-${kind}"`, `user-published 11 "${kind}"`]),
    );
    expect(await riya.client.subscribe(11, kind)).toBe(before);
    if (kind === "video") expect(await colorOf(riya, rohit)).toBe("red");
    else await hears(riya, rohit, 440);
  },
);

test("while muted, nothing is sent", async () => {
  const { rohit, riya } = await two();
  await rohit.video.setMuted(true);
  await eventually(() => expect(riya.userOf(rohit).hasVideo).toBe(false));
  expect(rohit.openConnections[0]?.getSenders().find(({ track }) => track?.kind === "video")).toBeUndefined();
});

test("muting and unmuting faster than it can be attached ends as it was last said", async () => {
  const { rohit, riya } = await two();
  for (let round = 0; round < 10; round++) {
    await Promise.all([rohit.video.setMuted(true), rohit.video.setMuted(false)]);
  }
  await eventually(() => expect(riya.userOf(rohit).hasVideo).toBe(true));
  expect(await colorOf(riya, rohit)).toBe("red");
});

test("a late joiner sees what is off, and turning it on works", async () => {
  const rohit = await call.person(11, { color: "red", frequencyHz: 440 }).enter();
  await rohit.audio.setMuted(true);
  await rohit.video.setEnabled(false);
  const riya = call.person(22);
  await riya.join();
  await eventually(() => expect(riya.events).toContain(`user-info-updated 11 "mute-video"`));
  expect(riya.userOf(rohit)).toMatchObject({ hasAudio: false, hasVideo: false });
  expect(riya.events.filter((event) => event.startsWith("user-published"))).toEqual([]);
  await rohit.audio.setMuted(false);
  await rohit.video.setEnabled(true);
  await eventually(() => expect(riya.userOf(rohit)).toMatchObject({ hasAudio: true, hasVideo: true }));
  expect(await colorOf(riya, rohit)).toBe("red");
  await hears(riya, rohit, 440);
});

test("a camera that is disabled and enabled has a new MediaStreamTrack, which reaches the other without renegotiation", async () => {
  const rohit = call.person(11);
  const riya = call.person(22);
  await rohit.join();
  await riya.join();
  const camera = await AgoraRTC.createCameraVideoTrack({ encoderConfig: { width: 160, height: 120, frameRate: 10 } });
  try {
    await rohit.client.publish(camera);
    await eventually(() => expect(riya.userOf(rohit).hasVideo).toBe(true));
    const track = await riya.client.subscribe(11, "video");
    await framesArrive(track.getMediaStreamTrack(), 3);
    const light = camera.getMediaStreamTrack();
    await camera.setEnabled(false);
    expect(light.readyState).toBe("ended");
    await eventually(() => expect(riya.userOf(rohit).hasVideo).toBe(false));
    const offers = () => call.room.log.filter(({ signal }) => JSON.stringify(signal).includes('"offer"')).length;
    const offersBefore = offers();
    await camera.setEnabled(true);
    expect(camera.getMediaStreamTrack()).not.toBe(light);
    await eventually(() => expect(riya.userOf(rohit).hasVideo).toBe(true));
    await framesArrive((await riya.client.subscribe(11, "video")).getMediaStreamTrack(), 3);
    expect(offers()).toBe(offersBefore);
  } finally {
    camera.close();
  }
});

test("a replaced track reaches the others", async () => {
  const { rohit, riya } = await two();
  expect(await colorOf(riya, rohit)).toBe("red");
  const other = paintPicture("lime");
  await rohit.video.replaceTrack(other.track, true);
  await eventually(async () => expect(await colorOf(riya, rohit)).toBe("lime"));
  other.stop();
});

test("unpublish takes it away, publish brings it back; what is not published is passed over", async () => {
  const { rohit, riya } = await two();
  riya.events.length = 0;
  await rohit.client.unpublish([]);
  await rohit.client.unpublish([riya.video]);
  expect(rohit.client.localTracks).toEqual([rohit.audio, rohit.video]);
  await rohit.client.unpublish(rohit.video);
  await rohit.client.unpublish(rohit.video);
  expect(rohit.client.localTracks).toEqual([rohit.audio]);
  await eventually(() => expect(riya.events).toEqual([`user-unpublished 11 "video"`]));
  await rohit.client.publish(rohit.video);
  await rohit.client.publish([rohit.video, rohit.audio]);
  await eventually(() => expect(riya.events).toEqual([`user-unpublished 11 "video"`, `user-published 11 "video"`]));
  expect(await colorOf(riya, rohit)).toBe("red");
  await rohit.client.unpublish();
  await eventually(() => expect(riya.userOf(rohit)).toMatchObject({ hasAudio: false, hasVideo: false }));
});

test("a muted track that is published is known as muted, and comes when it is unmuted", async () => {
  const rohit = call.person(11, { color: "red" });
  const riya = call.person(22);
  await rohit.join();
  await riya.join();
  await rohit.video.setMuted(true);
  await rohit.client.publish(rohit.video);
  await eventually(() => expect(riya.events).toContain(`user-info-updated 11 "mute-video"`));
  expect(riya.userOf(rohit).hasVideo).toBe(false);
  await rohit.video.setMuted(false);
  await eventually(() => expect(riya.userOf(rohit).hasVideo).toBe(true));
  expect(await colorOf(riya, rohit)).toBe("red");
});

test("a track that is closed while published is no longer published", async () => {
  const { rohit, riya } = await two();
  rohit.video.close();
  await eventually(() => expect(riya.userOf(rohit).hasVideo).toBe(false));
  expect(rohit.client.localTracks).toEqual([rohit.audio]);
});

test("unsubscribe stops the sending, subscribe again starts it", async () => {
  const { rohit, riya } = await two();
  const first = await riya.client.subscribe(11, "video");
  expect(await riya.client.subscribe(riya.userOf(rohit), "video")).toBe(first);
  await riya.client.unsubscribe(11, "video");
  expect(riya.userOf(rohit).videoTrack).toBeUndefined();
  const sending = () => rohit.openConnections[0]?.getSenders().some(({ track }) => track?.kind === "video");
  await eventually(() => expect(sending()).toBe(false));
  expect(await colorOf(riya, rohit)).toBe("red");
  expect(sending()).toBe(true);
  expect(riya.userOf(rohit).videoTrack).not.toBe(first);
});

test("a remote track plays, has the user's uid, and its volume is true to what arrives", async () => {
  const { rohit, riya } = await two();
  const picture = await riya.client.subscribe(riya.userOf(rohit), "video");
  const sound = await riya.client.subscribe(riya.userOf(rohit), "audio");
  expect([picture.getUserId(), sound.getUserId()]).toEqual([11, 11]);
  const tile = document.body.appendChild(document.createElement("div"));
  picture.play(tile);
  sound.play();
  await eventually(() => expect([picture.isPlaying, sound.isPlaying]).toEqual([true, true]));
  const video = await eventually(() => {
    const element = tile.querySelector("video");
    if (!element || element.videoWidth === 0) throw new Error("There is no picture yet.");
    return element;
  });
  expect(getComputedStyle(video).objectFit).toBe("cover");
  expect(video.style.transform).not.toContain("rotateY(180deg)");
  await eventually(() => expect(sound.getVolumeLevel()).toBeGreaterThan(0.2));
  await rohit.audio.setMuted(true);
  await eventually(() => expect(sound.getVolumeLevel()).toBeLessThan(0.05));
  tile.remove();
});
