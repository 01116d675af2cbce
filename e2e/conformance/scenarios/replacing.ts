import { eventually } from "@/e2e/conformance/page/checks";
import type { Scenarios } from "@/e2e/conformance/page/stage";
import { colorSeenIn, paintPicture, soundTone, toneHeardIn } from "@/lib/rtc/embedded/testing/painted-media";

export const REPLACING: Scenarios = {
  "replaceTrack: the new picture arrives on the same track, and nobody is told": async (stage) => {
    const { rohit, riya } = await stage.two();
    await riya.sees(rohit);
    const track = riya.userOf(rohit).videoTrack;
    const before = riya.told("user-").length;
    const { track: lime, stop } = paintPicture("lime");
    await rohit.video.replaceTrack(lime, true);
    await eventually(async () => {
      const color = track && (await colorSeenIn(track.getMediaStreamTrack()));
      if (color !== "lime") throw new Error(`The picture is ${color}.`);
    });
    stop();
    stage.expect("events", riya.told("user-").slice(before), []);
  },

  "another microphone's track in the place of the first: the new tone arrives, the old one is silent": async (
    stage,
  ) => {
    const { rohit, riya } = await stage.two();
    await riya.hears(rohit);
    const track = riya.userOf(rohit).audioTrack;
    const { track: other, stop } = soundTone(1500);
    await rohit.client.unpublish(rohit.audio);
    await riya.knows(rohit, { audio: false });
    const replacement = rohit.own(stage.client.sdk.createCustomAudioTrack({ mediaStreamTrack: other }));
    await rohit.client.publish(replacement);
    await riya.knows(rohit, { audio: true });
    await riya.hears(rohit, 1500);
    stop();
    stage.expect("the old track is silent", track && (await toneHeardIn(track.getMediaStreamTrack())), 0);
  },

  "setDevice: the other camera's picture arrives, and nobody is told": async (stage) => {
    const rohit = await stage.joined("rohit");
    const riya = await stage.joined("riya");
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput");
    const [first, second] = cameras;
    if (!first || !second) throw new Error("The machine of this test has two cameras.");
    const camera = rohit.own(await stage.client.sdk.createCameraVideoTrack({ cameraId: first.deviceId }));
    await rohit.client.publish(camera);
    await riya.knows(rohit, { video: true });
    await riya.sees(rohit, "red");
    const before = riya.told("user-").length;
    await camera.setDevice(second.deviceId);
    await riya.sees(rohit, "lime");
    stage.expect("events", riya.told("user-").slice(before), []);
  },

  "a picture replaced while muted is the new one when it is unmuted": async (stage) => {
    const { rohit, riya } = await stage.two();
    await rohit.video.setMuted(true);
    await riya.knows(rohit, { video: false });
    const { track: lime, stop } = paintPicture("lime");
    await rohit.video.replaceTrack(lime, true);
    await rohit.video.setMuted(false);
    await riya.knows(rohit, { video: true });
    await riya.sees(rohit, "lime");
    stop();
  },
};
