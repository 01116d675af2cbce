import type { Page } from "@playwright/test";
import type { Persona } from "./persona";

/** What is on a person's screen, and to be heard of it: unlike anyone's face and voice. */
export function screenOf({ colour: [red, green, blue], toneHz }: Persona): Pick<Persona, "colour" | "toneHz"> {
  return { colour: [255 - red, 255 - green, 255 - blue], toneHz: toneHz + 2000 };
}

interface StagedScreen {
  /** How the browser's question is answered: with the screen, or with an error of this name and message. */
  answer: "share" | { name: string; message: string };
  /** What is shared, as the browser says: a tab, or all of the screen. */
  surface: "browser" | "monitor";
  /** Everything that was ever captured. */
  tracks: MediaStreamTrack[];
}

declare global {
  interface Window {
    readonly stagedScreen: StagedScreen;
  }
}

/**
 * Runs in the page before any of its scripts: the person's screen is a page of text in a colour of its own, with a tone where
 * sound is asked for. Headless browsers have no screen, and no tab that another one may capture.
 */
export async function stageScreen(page: Page, persona: Persona): Promise<void> {
  await page.addInitScript(paintScreen, screenOf(persona));
}

/** What the browser's question is answered with from now on. */
export async function answerWith(page: Page, answer: StagedScreen["answer"]): Promise<void> {
  await page.evaluate((given) => {
    window.stagedScreen.answer = given;
  }, answer);
}

/** By the browser's own bar something else is shared from now on, in the place of what was chosen. */
export async function switchTo(page: Page, surface: StagedScreen["surface"]): Promise<void> {
  await page.evaluate((chosen) => {
    window.stagedScreen.surface = chosen;
  }, surface);
}

/** As the button of the browser's own bar does it. */
export async function endByBrowser(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const track of window.stagedScreen.tracks.filter(({ readyState }) => readyState === "live")) {
      track.stop();
      track.dispatchEvent(new Event("ended"));
    }
  });
}

/** How much of all that was ever captured and connected is still open. */
export function openMedia(page: Page): Promise<{ captures: number; connections: number }> {
  return page.evaluate(() => ({
    captures: window.stagedScreen.tracks.filter(({ readyState }) => readyState === "live").length,
    connections: window.recordedMedia.connections.filter(({ signalingState }) => signalingState !== "closed").length,
  }));
}

function paintScreen({ colour, toneHz }: Pick<Persona, "colour" | "toneHz">): void {
  const staged: StagedScreen = { answer: "share", surface: "browser", tracks: [] };
  Object.defineProperty(window, "stagedScreen", { value: staged });

  const show = (): MediaStreamTrack | undefined => {
    const canvas = document.createElement("canvas");
    canvas.width = 960;
    canvas.height = 540;
    const context = canvas.getContext("2d");
    let step = 0;
    const paint = () => {
      if (!context) return;
      context.fillStyle = `rgb(${colour.join(" ")})`;
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = "white";
      context.font = "28px sans-serif";
      for (let line = 0; line < 6; line++) {
        context.fillText(`Line ${line + step} of what is read together`, 60, 90 + line * 40);
      }
      // At the edges, to be seen only where nothing is cropped.
      context.fillStyle = "black";
      context.fillRect(0, 0, 24, canvas.height);
      context.fillRect(canvas.width - 24, 0, 24, canvas.height);
      step++;
    };
    paint();
    const timer = setInterval(paint, 150);
    const track = canvas.captureStream(7).getVideoTracks()[0];
    track?.addEventListener("ended", () => clearInterval(timer));
    if (!track) return undefined;
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...settings(), displaySurface: staged.surface });
    return track;
  };

  const sound = (): MediaStreamTrack | undefined => {
    const context = new AudioContext();
    const oscillator = new OscillatorNode(context, { frequency: toneHz });
    const destination = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, { gain: 0.4 })).connect(destination);
    oscillator.start();
    return destination.stream.getAudioTracks()[0];
  };

  navigator.mediaDevices.getDisplayMedia = async (options) => {
    const { answer } = staged;
    if (answer !== "share") throw new DOMException(answer.message, answer.name);
    const tracks = [show(), ...(options?.audio ? [sound()] : [])].filter((track) => track !== undefined);
    staged.tracks.push(...tracks);
    return new MediaStream(tracks);
  };
}
