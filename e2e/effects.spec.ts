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
