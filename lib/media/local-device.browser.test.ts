import AgoraRTC, { type ICameraVideoTrack } from "agora-rtc-react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deviceProblemOf } from "./device-problem";
import { type DeviceState, LocalDevice } from "./local-device";

let isOnce: boolean;
let made: ICameraVideoTrack[];
let statuses: DeviceState["status"][];
let camera: LocalDevice<ICameraVideoTrack>;

beforeEach(() => {
  isOnce = false;
  made = [];
  statuses = [];
  camera = new LocalDevice<ICameraVideoTrack>(
    {
      create: async () => {
        const track = await AgoraRTC.createCameraVideoTrack({ encoderConfig: { width: 160, height: 120 } });
        made.push(track);
        return track;
      },
      pause: (track) => track.setEnabled(false),
      resume: (track) => track.setEnabled(true),
      change: (track, deviceId) => track.setDevice(deviceId),
      isOnce: () => isOnce,
      sourceOf: (track) => track.getMediaStreamTrack(),
      problemOf: (error) => deviceProblemOf("camera", error),
    },
    {
      onChange: ({ status }) => statuses.push(status),
      onEnded: () => expect.unreachable("The camera does not end."),
    },
  );
});
afterEach(() => camera.close());

test("a camera that is turned off and on again keeps its track", async () => {
  await camera.turn(true);
  await camera.turn(false);
  await camera.turn(true);
  expect(made).toHaveLength(1);
});

test("one whose track is good for once is closed, and opened anew", async () => {
  isOnce = true;
  await camera.turn(true);
  const source = made[0]?.getMediaStreamTrack();
  await camera.turn(false);
  expect(source?.readyState).toBe("ended");
  expect(camera.track).toBeUndefined();
  expect(camera.state).toEqual({ status: "off", problem: null, open: null });
  await camera.turn(true);
  expect(made).toHaveLength(2);
  expect(camera.track).toBe(made[1]);
});

test("one that was paused before its track was good for once is opened anew, too", async () => {
  await camera.turn(true);
  await camera.turn(false);
  isOnce = true;
  await camera.turn(true);
  expect(camera.track).toBe(made[1]);
});

test("another device is a new track, which nobody is given before it is ready", async () => {
  isOnce = true;
  await camera.turn(true);
  const [first] = made;
  const source = first?.getMediaStreamTrack();
  statuses.length = 0;
  const devices = await AgoraRTC.getCameras();
  await camera.change(devices.at(-1)?.deviceId ?? "");
  expect(source?.readyState).toBe("ended");
  expect(statuses).toEqual(["starting", "on"]);
  expect(camera.track).toBe(made[1]);
});
