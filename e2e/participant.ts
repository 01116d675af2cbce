import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import type { Persona } from "./support/persona";
import { screenOf } from "./support/screen";

/** A tone arrives at about −20 dB; what others' tones leave in its place is below −55. */
const HEARD_DB = -40;
const SILENT_DB = -50;

/** Playwright's own intervals grow to a second: most of what these wait for is there sooner. */
const POLL = { intervals: [100], timeout: 30_000 };

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Radix puts an open menu into this; so much of its name is what axe quotes. */
const OPEN_MENU = "data-radix-popper-co";

type OnOff = "on" | "off";

/** One person in one browser context: what they do, and what they see and hear. */
export class Participant {
  readonly page: Page;
  readonly persona: Persona;

  constructor(page: Page, persona: Persona) {
    this.page = page;
    this.persona = persona;
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  get name(): string {
    return this.persona.name;
  }

  // What they do

  /** From the lobby, through the page before joining, into the call. */
  async enter(room: string): Promise<void> {
    await this.page.goto("/");
    await this.page.getByRole("textbox", { name: "Room" }).fill(room);
    await this.page.getByRole("textbox", { name: "Name" }).fill(this.name);
    await this.page.getByRole("button", { name: "Join", exact: true }).click();
    await this.joinNow();
  }

  /** By a link that someone sent. */
  async follow(link: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByRole("textbox", { name: "Name" }).fill(this.name);
    await this.joinNow();
  }

  /** By the room's link, with devices turned off before joining. */
  async enterWithout(devices: ReadonlyArray<"Microphone" | "Camera">, room: string): Promise<void> {
    await this.page.goto(`/room/${room}`);
    await this.page.getByRole("textbox", { name: "Name" }).fill(this.name);
    for (const name of devices) {
      const button = this.page.getByRole("button", { name });
      await expect(button).toHaveAttribute("aria-pressed", "true");
      await button.click();
      await expect(button).toHaveAttribute("aria-pressed", "false");
    }
    await this.joinNow();
  }

  async joinNow(): Promise<void> {
    await this.page.getByRole("button", { name: "Join now" }).click();
    await this.expectConnected();
  }

  async leave(): Promise<void> {
    await this.control("Leave").click();
    await expect(this.page.getByRole("button", { name: "Join", exact: true })).toBeVisible();
  }

  control(name: string): Locator {
    return this.page.getByRole("toolbar", { name: "Call controls" }).getByRole("button", { name });
  }

  /** Clicks a toggle and waits until it is what it should be. */
  async turn(name: "Microphone" | "Camera", to: OnOff): Promise<void> {
    const button = this.control(name);
    await expect(button).toHaveAttribute("aria-pressed", String(to === "off"));
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", String(to === "on"));
  }

  // What they see and hear

  get tiles(): Locator {
    return this.page.getByTestId("tile");
  }

  tileOf(other: { name: string }): Locator {
    return this.page.locator(`[data-testid=tile][data-kind=camera][data-name=${JSON.stringify(other.name)}]`);
  }

  /** The tile of someone's screen. */
  screenTileOf(other: { name: string }): Locator {
    return this.page.locator(`[data-testid=tile][data-kind=screen][data-name=${JSON.stringify(other.name)}]`);
  }

  async uid(): Promise<string | null> {
    return this.page.locator("[data-testid=tile][data-kind=camera][data-local=true]").getAttribute("data-uid");
  }

  async expectConnected(): Promise<void> {
    await expect(this.page.getByTestId("connection")).toHaveAttribute("data-state", "connected", { timeout: 30_000 });
  }

  /** The other's tile is there, connected, with their picture (their own colour, and moving) and their name. */
  async expectSees(other: Participant): Promise<void> {
    const tile = this.tileOf(other);
    await expect(tile).toHaveAttribute("data-state", "connected", { timeout: 30_000 });
    await expect(tile).toHaveAttribute("data-video", "on");
    await expect(tile).toContainText(other.name);
    await this.#expectColour(tile, other.persona.colour, `the picture of ${other.name}`);
    await this.expectMoves(other);
  }

  /** The other's screen is there, with its own colour, and moving. */
  async expectSeesScreen(other: Participant): Promise<void> {
    const tile = this.screenTileOf(other);
    await expect(tile).toHaveAttribute("data-state", "connected", { timeout: 30_000 });
    await expect(tile).toHaveAttribute("data-video", "on");
    await expect(tile).toContainText(`${other.name}'s screen`);
    await this.#expectColour(tile, screenOf(other.persona).colour, `the screen of ${other.name}`);
    await this.#expectMovesIn(tile, `the screen of ${other.name}`);
  }

  /** The sound of the other's screen arrives. */
  async expectHearsScreen(other: Participant): Promise<void> {
    await this.#expectLoudness(screenOf(other.persona).toneHz, `${this.name} hears the screen of ${other.name}`);
  }

  async #expectColour(tile: Locator, colour: Persona["colour"], what: string): Promise<void> {
    await expect
      .poll(() => colourDistance(pictureIn(tile), colour), { ...POLL, message: `${this.name} sees ${what}` })
      .toBeLessThan(60);
  }

  /** Ten more frames of the other's picture are shown. */
  async expectMoves(other: { name: string }): Promise<void> {
    await this.#expectMovesIn(this.tileOf(other), `the picture of ${other.name}`);
  }

  async #expectMovesIn(tile: Locator, what: string): Promise<void> {
    const video = pictureIn(tile);
    const before = await framesShown(video);
    await expect
      .poll(() => framesShown(video), { ...POLL, message: `${what} moves at ${this.name}` })
      .toBeGreaterThan(before + 10);
  }

  /** Nothing on the screen as it is now breaks a rule of WCAG 2.2 A and AA, or of axe's best practices. */
  async expectAccessible(): Promise<void> {
    // What is still fading in has not the contrast that it is going to have.
    const isAtRest = () =>
      document.getAnimations().every(({ playState, effect }) => {
        return playState !== "running" || effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
      });
    await this.page.waitForFunction(isAtRest, undefined, { polling: 100 });
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(AXE_TAGS)
      // Agora's SDK measures with a video of one pixel that it lays beside the page: nothing of it is for anyone.
      .exclude("body > video")
      .analyze();
    const found = violations
      // An open menu lies beside the page's landmarks: it is a widget that has the focus, and no part of the page's text.
      .filter(({ id, nodes }) => id !== "region" || !nodes.every(({ html }) => html.includes(OPEN_MENU)))
      .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}`).join("\n")}`);
    expect(found, `what ${this.name} has on the screen`).toEqual([]);
  }

  /** The other's own tone arrives, measured in what is received. */
  async expectHears(other: Participant): Promise<void> {
    await this.#expectLoudness(other.persona.toneHz, `${this.name} hears ${other.name}`);
  }

  async #expectLoudness(toneHz: number, message: string): Promise<void> {
    await expect.poll(() => loudnessOf(this.page, toneHz, HEARD_DB), { ...POLL, message }).toBeGreaterThan(HEARD_DB);
  }

  /** Nothing of the other's tone arrives, for a whole second of listening. */
  async expectSilence(other: Pick<Participant, "name" | "persona">): Promise<void> {
    await expect
      .poll(() => loudnessOf(this.page, other.persona.toneHz), {
        ...POLL,
        message: `${this.name} does not hear ${other.name}`,
      })
      .toBeLessThan(SILENT_DB);
  }
}

/** The picture that is shown: the SDK keeps the last frame of one that is replaced in an element behind it, for a moment. */
function pictureIn(tile: Locator): Locator {
  return tile.locator("video").last();
}

/** How far the middle of the picture is from a colour (0 the same; more than 400 opposite); infinite without a picture. */
async function colourDistance(video: Locator, colour: readonly [number, number, number]): Promise<number> {
  if ((await video.count()) === 0) return Number.POSITIVE_INFINITY;
  return video.evaluate((element: HTMLVideoElement, [red, green, blue]) => {
    const canvas = document.createElement("canvas");
    canvas.width = 32;
    canvas.height = 18;
    const context = canvas.getContext("2d");
    if (!context || element.videoWidth === 0) return Number.POSITIVE_INFINITY;
    context.drawImage(element, 0, 0, canvas.width, canvas.height);
    const [r = 0, g = 0, b = 0] = context.getImageData(16, 10, 1, 1).data;
    return Math.hypot(r - red, g - green, b - blue);
  }, colour);
}

function framesShown(video: Locator): Promise<number> {
  return video.evaluate((element: HTMLVideoElement) => element.getVideoPlaybackQuality().totalVideoFrames);
}

/**
 * The loudness of a tone among everything that is received, in dB below full scale, over a second's listening or until it is
 * louder than `enough`; silence is −∞. Read from the receivers, not from what the page claims.
 */
async function loudnessOf(page: Page, toneHz: number, enough = 0): Promise<number> {
  const listen = async ([hertz, enoughDb]: readonly [number, number]) => {
    const tracks = window.recordedMedia.connections
      .filter((connection) => connection.connectionState === "connected")
      .flatMap((connection) => connection.getReceivers())
      .map((receiver) => receiver.track)
      .filter((track) => track.kind === "audio" && track.readyState === "live");
    if (tracks.length === 0) return -200;
    const context = new AudioContext();
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    for (const track of tracks) context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const bin = Math.round((hertz * analyser.fftSize) / context.sampleRate);
    let loudest = -200;
    const untilMs = performance.now() + 1000;
    while (performance.now() < untilMs && loudest <= enoughDb) {
      // Not by frames of the page: it would draw all of them.
      await new Promise((resolve) => setTimeout(resolve, 50));
      analyser.getFloatFrequencyData(bins);
      for (const value of bins.subarray(bin - 2, bin + 3)) loudest = Math.max(loudest, value);
    }
    await context.close();
    return loudest;
  };
  return page.evaluate(listen, [toneHz, enough] as const);
}
