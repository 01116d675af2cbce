import { afterEach, expect, test, vi } from "vitest";
import type { Uid } from "@/lib/contracts/identifiers";
import { allPublished, describeCall, eventually } from "@/lib/rtc/embedded/testing/call";
import { DrawnPictures } from "./drawn-pictures";
import { Subscriptions } from "./subscriptions";

const call = describeCall();
const ROHIT = 11 as Uid;

let subscriptions: Subscriptions | undefined;
afterEach(() => subscriptions?.dispose());

/** ROHIT, who gives two sizes of his picture, and RIYA, whose page is subscribed by what it draws. */
async function two({ isWanted = (): boolean => true, isForeseen = (): boolean => false } = {}) {
  const rohit = call.person(ROHIT);
  rohit.client.setLowStreamParameter({ width: 80, height: 60, framerate: 5, bitrate: 40 });
  await rohit.client.enableDualStream();
  await rohit.enter();
  const riya = await call.person(22).enter();
  await allPublished(rohit, riya);
  const pictures = new DrawnPictures();
  subscriptions = new Subscriptions({
    client: riya.client,
    pictures,
    isWanted,
    isForeseen,
    onChange: () => undefined,
  });
  const received = () => riya.userOf(rohit);
  const heightPx = () => riya.client.getRemoteVideoStats()[ROHIT]?.receiveResolutionHeight;
  return { client: riya.client, pictures, subscriptions, received, heightPx };
}

test("sound is received of everyone, a picture from when it is drawn until it is not", async () => {
  const { pictures, subscriptions, received } = await two();
  subscriptions.sync();
  await eventually(() => expect(received().audioTrack).toBeDefined());
  expect(received().videoTrack).toBeUndefined();

  const takeAway = pictures.draw(ROHIT, 400);
  await eventually(() => expect(received().videoTrack).toBeDefined());
  takeAway();
  await eventually(() => expect(received().videoTrack).toBeUndefined());
  expect(received().audioTrack).toBeDefined();

  pictures.draw(ROHIT, 400);
  await eventually(() => expect(received().videoTrack).toBeDefined());
});

test("a picture that is about to be drawn is received already, once, and given up where nothing comes of it", async () => {
  const { subscriptions, received } = await two({ isForeseen: () => true });
  subscriptions.sync();
  await eventually(() => expect(received().videoTrack).toBeDefined());
  await eventually(() => expect(received().videoTrack).toBeUndefined());
  subscriptions.sync();
  await eventually(() => expect(received().audioTrack).toBeDefined());
  expect(received().videoTrack).toBeUndefined();
});

test("a picture that was foreseen stays when it is drawn, in the size in which it is", async () => {
  const { client, pictures, subscriptions, received, heightPx } = await two({ isForeseen: () => true });
  const unsubscribe = vi.spyOn(client, "unsubscribe");
  subscriptions.sync();
  await eventually(() => expect(received().videoTrack).toBeDefined());
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  pictures.draw(ROHIT, 120);
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  expect(unsubscribe).not.toHaveBeenCalled();
  await eventually(() => expect(heightPx()).toBe(60));
});

test("a tile that is gone for a moment keeps its picture", async () => {
  const { client, pictures, received } = await two();
  const unsubscribe = vi.spyOn(client, "unsubscribe");
  const takeAway = pictures.draw(ROHIT, 400);
  await eventually(() => expect(received().videoTrack).toBeDefined());
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  takeAway();
  pictures.draw(ROHIT, 400);
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  expect(unsubscribe).not.toHaveBeenCalled();
});

test("a small tile gets the small picture, and the large one when it grows", async () => {
  const { pictures, heightPx } = await two();
  const shrink = pictures.draw(ROHIT, 120);
  await eventually(() => expect(heightPx()).toBe(60));
  pictures.draw(ROHIT, 500);
  shrink();
  await eventually(() => expect(heightPx()).toBe(120));
});

test("nothing is received of one who is no member", async () => {
  const { client, pictures, subscriptions } = await two({ isWanted: () => false });
  const subscribe = vi.spyOn(client, "subscribe");
  pictures.draw(ROHIT, 400);
  subscriptions.sync();
  expect(subscribe).not.toHaveBeenCalled();
});

test("who is a member no more is received no more, and again when they are back", async () => {
  let isWanted = true;
  const { pictures, subscriptions, received } = await two({ isWanted: () => isWanted });
  pictures.draw(ROHIT, 400);
  subscriptions.sync();
  await eventually(() => expect(received().audioTrack).toBeDefined());
  await eventually(() => expect(received().videoTrack).toBeDefined());
  isWanted = false;
  subscriptions.sync();
  await eventually(() => expect(received().audioTrack).toBeUndefined());
  expect(received().videoTrack).toBeUndefined();
  isWanted = true;
  subscriptions.sync();
  await eventually(() => expect(received().audioTrack).toBeDefined());
});

test("what is published anew is subscribed anew, also while the track from before is there still", async () => {
  const { client, subscriptions, received } = await two();
  subscriptions.sync();
  await eventually(() => expect(received().audioTrack).toBeDefined());
  const subscribe = vi.spyOn(client, "subscribe");
  subscriptions.sync();
  expect(subscribe).not.toHaveBeenCalled();
  subscriptions.notePublished(ROHIT, "audio");
  expect(subscribe).toHaveBeenCalledWith(ROHIT, "audio");
});
