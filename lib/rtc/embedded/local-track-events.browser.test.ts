import AgoraRTC, { type ILocalTrack } from "agora-rtc-react";
import { expect, test } from "vitest";
import { listenToLocalTrack } from "./local-track-events";
import { paintPicture } from "./testing/painted-media";

const size = { encoderConfig: { width: 160, height: 120, frameRate: 10 } };

/** What a track asks of its client, with the client's answer under the test's hand. */
function recordNeeds(track: ILocalTrack) {
  const needs: string[] = [];
  let closed = 0;
  const dispose = listenToLocalTrack(
    track,
    async (need) => {
      needs.push(need);
    },
    () => closed++,
  );
  return { needs, dispose, closed: () => closed };
}

test.each([
  { kind: "camera", make: () => AgoraRTC.createCameraVideoTrack(size) },
  { kind: "microphone", make: () => AgoraRTC.createMicrophoneAudioTrack() },
])("the SDK's $kind track tells of each change", async ({ make }) => {
  const track = await make();
  const { needs, dispose, closed } = recordNeeds(track);
  await track.setMuted(true);
  await track.setMuted(false);
  expect(needs).toEqual(["mute", "unmute"]);
  needs.length = 0;
  await track.setEnabled(false);
  expect(needs).toEqual(["mute"]);
  await track.setEnabled(true);
  expect(needs.at(-1)).toBe("unmute");
  needs.length = 0;
  dispose();
  await track.setMuted(true);
  expect(needs).toEqual([]);
  expect(closed()).toBe(0);
  track.close();
});

test("a new MediaStreamTrack is told of: enabling a camera, setDevice, replaceTrack", async () => {
  const camera = await AgoraRTC.createCameraVideoTrack(size);
  const { needs, closed } = recordNeeds(camera);
  await camera.setEnabled(false);
  await camera.setEnabled(true);
  expect(needs).toEqual(["mute", "replace", "unmute"]);
  needs.length = 0;
  const devices = await AgoraRTC.getCameras();
  const last = devices.at(-1);
  if (!last) throw new Error("There is no camera.");
  await camera.setDevice(last.deviceId);
  expect(needs).toEqual(["replace"]);
  const picture = paintPicture("lime");
  await camera.replaceTrack(picture.track, true);
  expect(needs).toEqual(["replace", "replace"]);
  camera.close();
  expect(closed()).toBe(1);
  picture.stop();
});

test("the track's own method fails when its client does", async () => {
  const camera = await AgoraRTC.createCameraVideoTrack(size);
  const dispose = listenToLocalTrack(
    camera,
    () => Promise.reject(new Error("not attached")),
    () => undefined,
  );
  await expect(camera.setMuted(true)).rejects.toThrow("not attached");
  dispose();
  camera.close();
});
