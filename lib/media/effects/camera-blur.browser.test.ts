import AgoraRTC, { type ICameraVideoTrack } from "agora-rtc-react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { colorSeenIn, framesArrive, paintPicture } from "@/lib/rtc/embedded/testing/painted-media";
import { BlurError, type BlurProblem } from "./background-blur";
import { CameraBlur } from "./camera-blur";

const CAMERA = { encoderConfig: { width: 160, height: 120, frameRate: 10 } };

/** In the place of the segmentation, which this test's browser has no graphics card for: a picture all magenta. */
function paintedBlur() {
  const started: { input: MediaStreamTrack; output: MediaStreamTrack; isStopped: boolean }[] = [];
  const start = async (input: MediaStreamTrack) => {
    const { track: output, stop } = paintPicture("magenta");
    const entry = { input, output, isStopped: false };
    started.push(entry);
    const stopAll = () => {
      entry.isStopped = true;
      stop();
      output.stop();
    };
    return { output, stop: stopAll };
  };
  return { started, start };
}

let camera: ICameraVideoTrack;
let troubles: BlurProblem[];
let painted: ReturnType<typeof paintedBlur>;
let blur: CameraBlur;

beforeEach(async () => {
  camera = await AgoraRTC.createCameraVideoTrack(CAMERA);
  troubles = [];
  painted = paintedBlur();
  blur = new CameraBlur((problem) => troubles.push(problem), painted.start);
});
afterEach(() => camera.close());

test("a blurred camera gives the blurred picture, and without blur its own at once", async () => {
  const own = camera.getMediaStreamTrack();
  await blur.apply(camera);
  expect(blur.has(camera)).toBe(true);
  expect(await colorSeenIn(camera.getMediaStreamTrack())).toBe("magenta");
  expect(blur.sourceOf(camera)).toBe(own);
  blur.remove();
  expect(camera.getMediaStreamTrack()).toBe(own);
  expect(own.readyState).toBe("live");
  expect(painted.started[0]?.isStopped).toBe(true);
  await framesArrive(own, 3);
  expect(troubles).toEqual([]);
});

test("closing the camera ends the blur, and is no trouble", async () => {
  await blur.apply(camera);
  camera.close();
  expect(blur.has(camera)).toBe(false);
  expect(painted.started[0]?.isStopped).toBe(true);
  expect(painted.started[0]?.input.readyState).toBe("ended");
  expect(troubles).toEqual([]);
});

test("a picture that the SDK puts in place by itself is black, and told of", async () => {
  await blur.apply(camera);
  const devices = await AgoraRTC.getCameras();
  await camera.setDevice(devices.at(-1)?.deviceId ?? "");
  expect(troubles).toEqual(["failed"]);
  const shown = camera.getMediaStreamTrack();
  expect(shown.enabled).toBe(false);
});

test("a blurred picture that ends while the camera goes on is told of", async () => {
  await blur.apply(camera);
  painted.started[0]?.output.dispatchEvent(new Event("ended"));
  expect(troubles).toEqual(["failed"]);
});

test("what fails after the camera was turned off is nobody's concern", async () => {
  const late = new CameraBlur(
    (problem) => troubles.push(problem),
    async () => {
      camera.close();
      throw new BlurError("slow");
    },
  );
  await late.apply(camera);
  expect(late.has(camera)).toBe(false);
  expect(troubles).toEqual([]);
});

test("a camera that can't be blurred stays as it was", async () => {
  const own = camera.getMediaStreamTrack();
  const unable = new CameraBlur(
    (problem) => troubles.push(problem),
    () => Promise.reject(new BlurError("failed")),
  );
  await expect(unable.apply(camera)).rejects.toMatchObject({ problem: "failed" });
  expect(camera.getMediaStreamTrack()).toBe(own);
  expect(own.readyState).toBe("live");
});
