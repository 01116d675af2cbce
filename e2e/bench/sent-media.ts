import type { Page } from "@playwright/test";

/** What a tab has sent of its picture so far, by all of its connections. */
export interface SentReading {
  atMs: number;
  bytes: number;
  frames: number;
  encodeMs: number;
  /** Of the largest that is sent now; 0 where none is. */
  height: number;
}

/** What went out between two readings, a second. */
export interface SentRates {
  kilobits: number;
  frames: number;
  /** Time spent encoding, of the time that went by, in percent: 100 is one encoder that never rests. */
  encodingPercent: number;
  height: number;
}

/** For pages with `recordMedia` in them. */
export function readSent(page: Page): Promise<SentReading> {
  return page.evaluate(async () => {
    const sent = { atMs: performance.now(), bytes: 0, frames: 0, encodeMs: 0, height: 0 };
    for (const connection of window.recordedMedia.connections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "outbound-rtp" || report.kind !== "video") continue;
        sent.bytes += report.bytesSent ?? 0;
        sent.frames += report.framesSent ?? 0;
        sent.encodeMs += (report.totalEncodeTime ?? 0) * 1000;
        if (report.framesPerSecond > 0) sent.height = Math.max(sent.height, report.frameHeight ?? 0);
      }
    }
    return sent;
  });
}

/** Of connections that are there in both readings: closed ones keep their counts. */
export function sentBetween(before: SentReading, after: SentReading): SentRates {
  const seconds = (after.atMs - before.atMs) / 1000;
  return {
    kilobits: ((after.bytes - before.bytes) * 8) / 1000 / seconds,
    frames: (after.frames - before.frames) / seconds,
    encodingPercent: (after.encodeMs - before.encodeMs) / 10 / seconds,
    height: after.height,
  };
}
