import { afterEach, expect, test } from "vitest";
import { simulcastEncodings, tuneSimulcast } from "./simulcast";
import { paintPicture } from "./testing/painted-media";
import { tuneVideoSender } from "./video-encoding";

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

function senderOf(size: { width: number; height: number }, sendEncodings: RTCRtpEncodingParameters[] = [{}]) {
  const { track, stop } = paintPicture("lime", size);
  const connection = new RTCPeerConnection();
  cleanUps.push(stop, () => connection.close());
  const { sender } = connection.addTransceiver(track, { sendEncodings });
  return { track, sender };
}

function limitsOf(sender: RTCRtpSender): [scale: number | undefined, frames: number | undefined][] {
  const { encodings } = sender.getParameters();
  return encodings.map(({ scaleResolutionDownBy, maxFramerate }) => [scaleResolutionDownBy, maxFramerate]);
}

const ONE_RECEIVER = { receiverCount: 1, limits: undefined, isFirst: false };

test("each step less is less of what is filmed, down to the last", async () => {
  const { sender } = senderOf({ width: 640, height: 360 });
  const steps: ReturnType<typeof limitsOf>[] = [];
  for (let stepsDown = 0; stepsDown <= 4; stepsDown++) {
    await tuneVideoSender(sender, { ...ONE_RECEIVER, stepsDown });
    steps.push(limitsOf(sender));
  }
  expect(steps).toEqual([[[1, 30]], [[1, 20]], [[360 / 270, 15]], [[2, 15]], [[2, 15]]]);
});

test("many people and a slow machine together are not less than the least", async () => {
  const { sender } = senderOf({ width: 640, height: 360 });
  await tuneVideoSender(sender, { ...ONE_RECEIVER, receiverCount: 5, stepsDown: 0 });
  expect(limitsOf(sender)).toEqual([[360 / 270, 15]]);
  await tuneVideoSender(sender, { ...ONE_RECEIVER, receiverCount: 5, stepsDown: 4 });
  expect(limitsOf(sender)).toEqual([[2, 15]]);
});

test("a screen keeps its size, since it is read, and is drawn less often", async () => {
  const { sender, track } = senderOf({ width: 640, height: 360 });
  track.contentHint = "detail";
  await tuneVideoSender(sender, { ...ONE_RECEIVER, stepsDown: 4 });
  expect(limitsOf(sender)).toEqual([[1, 5]]);
});

test("a screen by the relay, too", async () => {
  const { sender } = senderOf({ width: 640, height: 360 }, simulcastEncodings("screen"));
  const screen = { role: "screen", lowStream: undefined, wantedRids: undefined } as const;
  await tuneSimulcast(sender, { ...screen, stepsDown: 0 });
  expect(limitsOf(sender)).toEqual([
    [2, 5],
    [1, 15],
  ]);
  await tuneSimulcast(sender, { ...screen, stepsDown: 4 });
  expect(limitsOf(sender)).toEqual([
    [2, 5],
    [1, 10],
  ]);
});

test("of both sizes of a picture by the relay there are fewer frames, of the small one, too", async () => {
  const { sender } = senderOf({ width: 640, height: 360 }, simulcastEncodings("person"));
  const lowStream = { maxHeight: 180, maxBitrate: 140_000, maxFramerate: 15 };
  await tuneSimulcast(sender, { role: "person", lowStream, wantedRids: undefined, stepsDown: 0 });
  expect(limitsOf(sender)).toEqual([
    [2, 15],
    [1, 30],
  ]);
  await tuneSimulcast(sender, { role: "person", lowStream, wantedRids: undefined, stepsDown: 4 });
  expect(limitsOf(sender)).toEqual([
    [2, 10],
    [1, 10],
  ]);
});
