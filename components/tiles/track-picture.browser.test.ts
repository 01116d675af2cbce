import AgoraRTC, { type IRemoteVideoTrack } from "agora-rtc-react";
import { createElement, type ReactNode, useLayoutEffect } from "react";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EmbeddedRemoteVideoTrack } from "@/lib/rtc/embedded/remote-video-track";
import { paintPicture } from "@/lib/rtc/embedded/testing/painted-media";
import { asSdkType } from "@/lib/rtc/sdk-type";
import { TrackPicture } from "./track-picture";

// Errors only: the SDK tells the console of each call of a track.
AgoraRTC.setLogLevel(4);

let element: HTMLElement;
let page: Root;

beforeEach(() => {
  element = document.body.appendChild(document.createElement("div"));
  page = createRoot(element);
});
afterEach(() => {
  page.unmount();
  element.remove();
});

function remoteTrack(color: "red" | "blue"): { track: EmbeddedRemoteVideoTrack; close: () => void } {
  const painted = paintPicture(color);
  const stats = () => ({}) as ReturnType<EmbeddedRemoteVideoTrack["getStats"]>;
  const track = new EmbeddedRemoteVideoTrack(painted.track, { uid: 2, transceiver: () => undefined, stats });
  const close = () => {
    track.close();
    painted.stop();
  };
  return { track, close };
}

const drawn = (track: EmbeddedRemoteVideoTrack) =>
  createElement(TrackPicture, { track: asSdkType<IRemoteVideoTrack>(track) });

const draw = (track: EmbeddedRemoteVideoTrack) => flushSync(() => page.render(drawn(track)));

/** The pictures on the page, by the track that each has. */
const shown = () =>
  [...element.querySelectorAll("video")].map(({ srcObject }) =>
    srcObject instanceof MediaStream ? srcObject.getVideoTracks()[0]?.id : null,
  );

/** Tells when what is in it has been drawn, before React does what it has time for. */
function Stage({ onDrawn, children }: { onDrawn: () => void; children?: ReactNode }) {
  useLayoutEffect(onDrawn);
  return children;
}

test("a picture is played in the step in which it is drawn, in one player", async () => {
  const { track, close } = remoteTrack("red");
  const shownThen: ReturnType<typeof shown>[] = [];
  const onDrawn = () => void shownThen.push(shown());
  flushSync(() => page.render(createElement(Stage, { onDrawn }, drawn(track))));
  expect(shownThen).toEqual([[track.getMediaStreamTrack().id]]);
  const [video] = element.querySelectorAll("video");
  await expect.poll(() => video?.videoWidth ?? 0).toBeGreaterThan(0);
  // And in the same one from then on.
  expect([...element.querySelectorAll("video")]).toEqual([video]);
  close();
});

test("another track takes the place of the one before in the same step, and that one is stopped", () => {
  const [before, after] = [remoteTrack("red"), remoteTrack("blue")];
  draw(before.track);
  draw(after.track);
  expect(shown()).toEqual([after.track.getMediaStreamTrack().id]);
  expect(before.track.isPlaying).toBe(false);
  before.close();
  after.close();
});

test("a picture is stopped while its element is still on the page", () => {
  const { track, close } = remoteTrack("red");
  draw(track);
  const [video] = element.querySelectorAll("video");
  let wasOnPage: boolean | undefined;
  const stop = track.stop.bind(track);
  track.stop = () => {
    wasOnPage ??= video?.isConnected;
    stop();
  };
  flushSync(() => page.render(null));
  expect(wasOnPage).toBe(true);
  expect(element.querySelectorAll("video")).toHaveLength(0);
  close();
});
