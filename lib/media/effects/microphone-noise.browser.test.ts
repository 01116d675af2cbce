import AgoraRTC, { type IMicrophoneAudioTrack } from "agora-rtc-react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MicrophoneNoise } from "./microphone-noise";
import { NoiseSuppression } from "./noise-suppression";
import { PACKAGE_FILES } from "./testing/package-files";

let microphone: IMicrophoneAudioTrack;
let noise: MicrophoneNoise;
let statuses: string[];
let troubles: string[];
const load = vi.fn(() => NoiseSuppression.load(PACKAGE_FILES));

beforeEach(async () => {
  load.mockClear();
  microphone = await AgoraRTC.createMicrophoneAudioTrack();
  statuses = [];
  troubles = [];
  noise = new MicrophoneNoise(
    { onStatus: (status) => statuses.push(status), onTrouble: (problem) => troubles.push(problem) },
    load,
  );
});
afterEach(() => {
  noise.close();
  microphone.close();
});

const status = () => statuses.at(-1);

test("nothing is loaded until it is wanted and there is a microphone", async () => {
  noise.follow(microphone);
  expect(load).not.toHaveBeenCalled();
  noise.follow(undefined);
  noise.turn(true);
  expect(load).not.toHaveBeenCalled();
  noise.follow(microphone);
  await expect.poll(status).toBe("on");
  expect(load).toHaveBeenCalledOnce();
});

test("the track gives the processed sound, another microphone's too, and its own again when it is off", async () => {
  const own = microphone.getMediaStreamTrack();
  noise.follow(microphone);
  noise.turn(true);
  await expect.poll(status).toBe("on");
  const processed = microphone.getMediaStreamTrack();
  expect(processed).not.toBe(own);
  expect(noise.sourceOf(microphone)).toBe(own);

  const devices = await AgoraRTC.getMicrophones();
  await microphone.setDevice(devices.at(-1)?.deviceId ?? "");
  const source = noise.sourceOf(microphone);
  expect(source).not.toBe(own);
  expect(source.readyState).toBe("live");
  expect(processed.readyState).toBe("ended");
  expect(microphone.getMediaStreamTrack()).not.toBe(source);
  expect(microphone.getMediaStreamTrack().readyState).toBe("live");

  noise.turn(false);
  expect(status()).toBe("off");
  expect(microphone.getMediaStreamTrack()).toBe(source);
  expect(source.readyState).toBe("live");
});

test("a server that is away leaves the microphone as it is, and is told of", async () => {
  load.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  const own = microphone.getMediaStreamTrack();
  noise.follow(microphone);
  noise.turn(true);
  await expect.poll(() => troubles).toEqual(["failed"]);
  expect(status()).toBe("off");
  expect(microphone.getMediaStreamTrack()).toBe(own);
});
