import type { Page } from "@playwright/test";

/** What a tab has received so far: of each tile of another person's the frames shown, and of all sound its samples. */
export interface TileReading {
  videos: { uid: string; frames: number; height: number }[];
  heard: number;
  concealed: number;
}

/** Runs in the page before any of its scripts: whatever size is asked for, the camera films 320 × 240 at 15 frames a second. */
export function filmSmall(): void {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = ({ audio = false, video = false } = {}) =>
    original({ audio, video: video && { width: { exact: 320 }, height: { exact: 240 }, frameRate: { exact: 15 } } });
}

/** For pages with `recordMedia` in them. */
export function readTiles(page: Page): Promise<TileReading> {
  return page.evaluate(async () => {
    const tiles = [...document.querySelectorAll("[data-testid=tile][data-local=false]")];
    const videos = tiles.map((tile) => {
      // The SDK keeps the last frame of one that is replaced in an element behind it, for a moment.
      const video = [...tile.querySelectorAll("video")].at(-1);
      return {
        uid: tile.getAttribute("data-uid") ?? "",
        frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
        height: video?.videoHeight ?? 0,
      };
    });
    let heard = 0;
    let concealed = 0;
    for (const connection of window.recordedMedia.connections) {
      if (connection.connectionState !== "connected") continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp" || report.kind !== "audio") continue;
        heard += report.totalSamplesReceived ?? 0;
        concealed += report.concealedSamples ?? 0;
      }
    }
    return { videos, heard, concealed };
  });
}
