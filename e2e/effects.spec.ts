import type { Page } from "@playwright/test";
import type { Participant } from "./participant";
import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

const BLUR = "Blur my background";
const NOISE = "Suppress noise";

/** The files for effects that a page asks its server for, by name. */
function filesAskedBy({ page }: Participant): string[] {
  const files: string[] = [];
  page.on("request", (request) => {
    const [, file] = /\/api\/effects\/(.+)$/.exec(new URL(request.url()).pathname) ?? [];
    if (file) files.push(file);
  });
  return files;
}

/** As after an earlier visit in which it was turned on. */
async function rememberBlur(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem("mychat:effect-blur", "on"));
}

/** How many times slower the page's own thread is from now on. */
async function slowDown({ page }: Participant, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

declare global {
  interface Window {
    /** The pictures that connections were given, and whether it was a camera's own. */
    readonly sentPictures: { label: string; isCameras: boolean }[];
  }
}

/** Runs in the page before its scripts. */
function recordSent(): void {
  const sent: Window["sentPictures"] = [];
  Object.defineProperty(window, "sentPictures", { value: sent });
  const replaceTrack = RTCRtpSender.prototype.replaceTrack;
  RTCRtpSender.prototype.replaceTrack = function (track) {
    if (track?.kind === "video") {
      sent.push({ label: track.label, isCameras: window.recordedMedia.deviceTracks.includes(track) });
    }
    return replaceTrack.call(this, track);
  };
}

/** Runs in the page before its scripts: a processor that has to do a graphics card's work keeps up with so slow a camera. */
function filmSlowly(): void {
  const captureStream = HTMLCanvasElement.prototype.captureStream;
  HTMLCanvasElement.prototype.captureStream = function (frameRate = 3) {
    return captureStream.call(this, Math.min(frameRate, 3));
  };
}

/** The cameras that film at this moment, by name. */
function liveCameras(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.recordedMedia.deviceTracks
      .filter(({ kind, readyState }) => kind === "video" && readyState === "live")
      .map(({ label }) => label),
  );
}

/** Whoever sits by a fan and says nothing: a rumble, heard at 100 Hz. */
const BY_A_FAN = { ...ROHIT, toneHz: 100 };

async function hearFan(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const rumble = (): MediaStreamTrack[] => {
      const context = new AudioContext();
      const buffer = new AudioBuffer({ length: context.sampleRate * 4, sampleRate: context.sampleRate });
      let level = 0;
      const samples = buffer.getChannelData(0);
      for (const index of samples.keys()) {
        level = 0.98 * level + 0.04 * (Math.random() * 2 - 1);
        samples[index] = level;
      }
      const source = new AudioBufferSourceNode(context, { buffer, loop: true });
      const destination = context.createMediaStreamDestination();
      source.connect(destination);
      source.start();
      return destination.stream.getAudioTracks();
    };
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await original(constraints);
      const hasSound = stream.getAudioTracks().length > 0;
      return new MediaStream([...stream.getVideoTracks(), ...(hasSound ? rumble() : [])]);
    };
  });
}

test("noise suppression, turned on in the call, keeps a fan from the others; nothing of it is loaded before", async ({
  open,
  room,
}) => {
  const rohit = await open(BY_A_FAN, { prepare: hearFan });
  const riya = await open(RIYA);
  const files = filesAskedBy(rohit);
  await rohit.enter(room);
  await riya.enter(room);
  await riya.expectHears(rohit);
  expect(files).toEqual([]);

  await rohit.control("Settings").click();
  const noise = rohit.page.getByRole("checkbox", { name: NOISE });
  await expect(noise).not.toBeChecked();
  await noise.check();
  await riya.expectSilence(rohit);
  // Playwright is not told of an audio worklet's own script.
  expect(files).toEqual(["rnnoise_simd.wasm"]);

  await noise.uncheck();
  await riya.expectHears(rohit);
});

test("where blur can't be had its switch says why, and a camera that should be blurred shows nobody the room", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT, { graphics: "none" });
  await rohit.enter(room);
  await rohit.control("Settings").click();
  const blur = rohit.page.getByRole("checkbox", { name: BLUR });
  await expect(blur).toBeDisabled();
  await expect(blur).toHaveAccessibleDescription(/graphics acceleration/);
  await rohit.page.keyboard.press("Escape");

  const riya = await open(RIYA, { graphics: "none", prepare: rememberBlur });
  await riya.enter(room);
  const notice = riya.page.getByRole("alert").filter({ hasText: "The camera is off, so that nobody sees your room" });
  await expect(notice).toBeVisible();
  await rohit.expectHears(riya);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
  await notice.getByRole("button", { name: "Turn on without blur" }).click();
  await rohit.expectSees(riya);
  await expect(notice).toBeHidden();
});

test("a blur that can't start in the call is said; the picture stays as it was", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await riya.page.route("**/api/effects/**", (route) => route.abort("connectionrefused"));
  await riya.control("Settings").click();
  const blur = riya.page.getByRole("checkbox", { name: BLUR });
  await blur.click();
  await expect(riya.page.getByText("This browser could not blur your background.")).toBeVisible({ timeout: 30_000 });
  await expect(blur).not.toBeChecked();
  await riya.page.keyboard.press("Escape");
  await expect(riya.control("Camera")).toHaveAttribute("aria-pressed", "true");
  await rohit.expectSees(riya);
});

test("a camera that is taken in the place of a blurred one is blurred, too, before anyone sees it", {
  tag: "@long",
}, async ({ open, room }) => {
  test.setTimeout(150_000);
  const rohit = await open(ROHIT);
  await rohit.enterWithout(["Camera"], room);
  const riya = await open(RIYA, {
    devices: "two-cameras",
    prepare: async (page) => {
      await rememberBlur(page);
      await page.addInitScript(filmSlowly);
      await page.addInitScript(recordSent);
    },
  });
  await riya.enter(room);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "on", { timeout: 60_000 });
  await rohit.expectMoves(riya);
  await riya.control("Settings").click();
  await riya.page.getByRole("combobox", { name: "Camera" }).selectOption("fake_device_1");
  await expect.poll(() => liveCameras(riya.page), { timeout: 30_000 }).toEqual(["fake_device_1"]);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "on", { timeout: 60_000 });
  await rohit.expectMoves(riya);
  await expect(riya.page.getByRole("checkbox", { name: BLUR })).toBeChecked();
  const sent = await riya.page.evaluate(() => window.sentPictures);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.filter(({ isCameras }) => isCameras)).toEqual([]);
});

test("a blurred picture is sent; a machine that gets too slow for it shows nobody the room instead", {
  tag: "@long",
}, async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  // Painted pictures would slow down together with the page.
  const riya = await open(RIYA, { isRaw: true, prepare: rememberBlur });
  await riya.enter(room);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "on", { timeout: 60_000 });
  await slowDown(riya, 20);
  const notice = riya.page.getByRole("alert").filter({ hasText: "This device is too slow to blur your background" });
  await expect(notice).toBeVisible({ timeout: 60_000 });
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
  await slowDown(riya, 1);
  await notice.getByRole("button", { name: "Turn on without blur" }).click();
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "on");
  await rohit.expectMoves(riya);
});
