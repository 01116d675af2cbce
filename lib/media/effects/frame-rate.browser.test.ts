import { expect, test } from "vitest";
import { paintPicture } from "@/lib/rtc/embedded/testing/painted-media";
import { FrameRate } from "./frame-rate";

test("the frames of a picture that nobody looks at are counted", async () => {
  const { track, stop } = paintPicture("lime");
  const rate = new FrameRate(track);
  // Painted ten times a second.
  await expect.poll(() => rate.read(), { interval: 1000, timeout: 10_000 }).toBeGreaterThan(6);
  stop();
  await expect.poll(() => rate.read(), { interval: 1000, timeout: 10_000 }).toBe(0);
  rate.stop();
  track.stop();
});
