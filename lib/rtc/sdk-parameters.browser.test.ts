import AgoraRTC from "agora-rtc-react";
import { expect, test, vi } from "vitest";
import "./sdk-parameters";

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
