import type { Page } from "@playwright/test";

export interface NoticeHeard {
  /** Of its notes, in the order of their beginning. Hertz. */
  pitches: number[];
  /** The largest sample that came out, from 0 to 1. */
  loudest: number;
  /** When it began, by the page's `performance.now()`. */
  atMs: number;
}

declare global {
  interface Window {
    readonly noticesHeard: NoticeHeard[];
  }
}

/** Listens to every short sound that the page makes and plays by itself. For `open`'s `prepare`. */
export async function listenToNotices(page: Page): Promise<void> {
  await page.addInitScript(recordNotices);
}

/** What was heard so far, as the pitches of each, in whole hertz. */
export async function noticesHeard(page: Page): Promise<number[][]> {
  const heard = await page.evaluate(() => window.noticesHeard);
  return heard.filter(({ loudest }) => loudest > 0.01).map(({ pitches }) => pitches.map(Math.round));
}

/** How long the page has been quiet. Milliseconds. */
export function quietMs(page: Page): Promise<number> {
  return page.evaluate(() => performance.now() - (window.noticesHeard.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY));
}

function recordNotices(): void {
  const heard: NoticeHeard[] = [];
  Object.defineProperty(window, "noticesHeard", { value: heard });
  const outputs = new Map<MediaProvider, AudioContext>();
  const playing = new Map<BaseAudioContext, { notice: NoticeHeard; analyser: AnalyserNode }>();

  const createOutput = AudioContext.prototype.createMediaStreamDestination;
  AudioContext.prototype.createMediaStreamDestination = function () {
    const output = createOutput.call(this);
    outputs.set(output.stream, this);
    return output;
  };

  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    const context = this.srcObject ? outputs.get(this.srcObject) : undefined;
    if (context && this.srcObject instanceof MediaStream && !this.muted && this.volume > 0) {
      const notice = { pitches: [], loudest: 0, atMs: performance.now() };
      // Long enough for all of it: more than half a second.
      const analyser = new AnalyserNode(context, { fftSize: 32768 });
      new MediaStreamAudioSourceNode(context, { mediaStream: this.srcObject }).connect(analyser);
      playing.set(context, { notice, analyser });
      heard.push(notice);
    }
    return play.call(this);
  };

  const start = AudioScheduledSourceNode.prototype.start;
  AudioScheduledSourceNode.prototype.start = function (when) {
    const sound = playing.get(this.context);
    if (sound && this instanceof OscillatorNode) {
      const { notice, analyser } = sound;
      notice.pitches.push(this.frequency.value);
      this.addEventListener("ended", () => {
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        for (const sample of samples) notice.loudest = Math.max(notice.loudest, Math.abs(sample));
      });
    }
    start.call(this, when);
  };
}
