import { expect, test } from "vitest";
import { receivedBetween, type TileReading } from "./received-media";

const BEFORE: TileReading = {
  videos: [
    { uid: "11", video: 1, frames: 100, height: 240 },
    { uid: "22", video: 2, frames: 400, height: 240 },
  ],
  sounds: [{ receiver: "0 audio", heard: 48_000, concealed: 480 }],
};

test("what comes in the same way is counted on", () => {
  const after: TileReading = {
    videos: BEFORE.videos.map((video) => ({ ...video, frames: video.frames + 75 })),
    sounds: [{ receiver: "0 audio", heard: 96_000, concealed: 960 }],
  };
  expect(receivedBetween(BEFORE, after)).toEqual({
    tiles: [
      { frames: 75, height: 240 },
      { frames: 75, height: 240 },
    ],
    heard: 48_000,
    concealed: 480,
  });
});

test("what has come another way since is counted from its own beginning, and nothing is ever less than nothing", () => {
  const after: TileReading = {
    videos: [
      { uid: "22", video: 3, frames: 30, height: 180 },
      { uid: "11", video: 1, frames: 110, height: 240 },
    ],
    sounds: [{ receiver: "1 audio", heard: 9_600, concealed: 96 }],
  };
  expect(receivedBetween(BEFORE, after)).toEqual({
    tiles: [
      { frames: 30, height: 180 },
      { frames: 10, height: 240 },
    ],
    heard: 9_600,
    concealed: 96,
  });
});
