import AgoraRTC from "agora-rtc-react";
import { expect, test, vi } from "vitest";
import "./sdk-parameters";

// The SDK takes the class when it is loaded.
const { made } = vi.hoisted(() => {
  const made: AudioContext[] = [];
  globalThis.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      made.push(this);
    }
  };
  return { made };
});

test("the SDK asks for no frame of a picture that it plays", async () => {
  const asked = vi.spyOn(HTMLVideoElement.prototype, "requestVideoFrameCallback");
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const paint = setInterval(() => context?.fillRect(0, 0, canvas.width, canvas.height), 30);
  const [picture] = canvas.captureStream(30).getVideoTracks();
  if (!picture) throw new Error("There is no picture.");
  const track = AgoraRTC.createCustomVideoTrack({ mediaStreamTrack: picture });
  const tile = document.body.appendChild(document.createElement("div"));
  try {
    track.play(tile);
    await expect.poll(() => tile.querySelector("video")?.currentTime ?? 0).toBeGreaterThan(0);
    expect(asked).not.toHaveBeenCalled();
  } finally {
    track.close();
    tile.remove();
    clearInterval(paint);
  }
});

test("the SDK's AudioContext, which only measures, wakes up less often than one that is played", async () => {
  const interactive = new AudioContext();
  const destination = interactive.createMediaStreamDestination();
  const [microphone] = destination.stream.getAudioTracks();
  if (!microphone) throw new Error("There is no microphone.");
  made.length = 0;
  const track = AgoraRTC.createCustomAudioTrack({ mediaStreamTrack: microphone });
  try {
    expect(made.map(({ baseLatency }) => baseLatency > interactive.baseLatency)).toEqual([true]);
  } finally {
    track.close();
    await interactive.close();
  }
});
