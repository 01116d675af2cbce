import type { Page } from "@playwright/test";

/** What a tab has received so far: of each tile of another person's the frames shown, and of each sound that comes in its samples. */
export interface TileReading {
  /** `video` names the element: another one counts from its own beginning. */
  videos: { uid: string; video: number; frames: number; height: number }[];
  /** `receiver` names what receives it, whichever way that is. */
  sounds: { receiver: string; heard: number; concealed: number }[];
}

declare global {
  interface Window {
    /** Names of the videos that were read. */
    readVideos?: WeakMap<Element, number>;
  }
}

/**
 * What came in between two readings of a tab. What another way brings (other elements, other receivers) counts from its own beginning.
 *
 * @returns of each tile its frames, in the order of the later reading; and all sound's samples
 */
export function receivedBetween(
  before: TileReading,
  after: TileReading,
): { tiles: { frames: number; height: number }[]; heard: number; concealed: number } {
  const tiles = after.videos.map(({ uid, video, frames, height }) => {
    const earlier = before.videos.find((each) => each.uid === uid && each.video === video);
    return { frames: frames - (earlier?.frames ?? 0), height };
  });
  let [heard, concealed] = [0, 0];
  for (const sound of after.sounds) {
    const earlier = before.sounds.find(({ receiver }) => receiver === sound.receiver);
    heard += sound.heard - (earlier?.heard ?? 0);
    concealed += sound.concealed - (earlier?.concealed ?? 0);
  }
  return { tiles, heard, concealed };
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
    window.readVideos ??= new WeakMap();
    const names = window.readVideos;
    const nameOf = (video: Element) => {
      const name = names.get(video) ?? Math.random();
      names.set(video, name);
      return name;
    };
    const tiles = [...document.querySelectorAll("[data-testid=tile][data-local=false]")];
    const videos = tiles.map((tile) => {
      // The SDK keeps the last frame of one that is replaced in an element behind it, for a moment.
      const video = [...tile.querySelectorAll("video")].at(-1);
      return {
        uid: tile.getAttribute("data-uid") ?? "",
        video: video ? nameOf(video) : 0,
        frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
        height: video?.videoHeight ?? 0,
      };
    });
    const sounds: TileReading["sounds"] = [];
    for (const [index, connection] of window.recordedMedia.connections.entries()) {
      if (connection.connectionState !== "connected") continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp" || report.kind !== "audio") continue;
        const { totalSamplesReceived: heard = 0, concealedSamples: concealed = 0 } = report;
        sounds.push({ receiver: `${index} ${report.id}`, heard, concealed });
      }
    }
    return { videos, sounds };
  });
}
