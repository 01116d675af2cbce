import type { Locator, Page } from "@playwright/test";
import type { Participant } from "./participant";
import { expect, test } from "./support/fixtures";
import { setPermission } from "./support/permission";
import { RIYA, ROHIT } from "./support/persona";
import { stageDevices } from "./support/staged-devices";

declare global {
  interface Window {
    begunTransitions: (EventTarget | null)[];
  }
}

/** The names of Chromium's fake cameras. */
const [CAMERA_1, CAMERA_2] = ["fake_device_0", "fake_device_1"] as const;

function alert({ page }: Participant, text: string) {
  return page.getByRole("alert").filter({ hasText: text });
}

function toast({ page }: Participant, text: string) {
  return page.getByRole("region", { name: /Notices/ }).getByText(text);
}

/** From here on the page keeps which elements have begun to glide from one look to another. */
async function noteTransitions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.begunTransitions = [];
    window.addEventListener("transitionrun", ({ target }) => window.begunTransitions.push(target), { capture: true });
  });
}

function transitionsOf(element: Locator): Promise<number> {
  return element.evaluate((each) => window.begunTransitions.filter((target) => target === each).length);
}

async function enterByLink(person: Participant, room: string) {
  await person.page.goto(`/room/${room}`);
  await person.page.getByRole("textbox", { name: "Name" }).fill(person.name);
  await person.joinNow();
}

test.describe("before joining", () => {
  test("one sees oneself, one's level and one's devices, and tries the speaker", async ({ open, room }) => {
    const riya = await open(RIYA, { devices: "two-cameras" });
    const { page } = riya;
    await noteTransitions(page);
    await page.goto(`/room/${room}`);
    await expect(page.getByTestId("preview").locator("video")).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Camera" })).toHaveValue(/.+/);
    await expect(page.getByRole("combobox", { name: "Microphone" })).toContainText("Fake Audio Input 1");
    await expect(page.getByRole("combobox", { name: "Speaker" })).toContainText("Fake Audio Output 1");

    await page.getByRole("button", { name: "Test speaker" }).click();
    await expect(page.getByRole("button", { name: "Playing…" })).toBeVisible();
    // Sound has started: the browser lets the page listen, too.
    const level = page.getByTestId("microphone-level").locator("div");
    await expect.poll(() => level.evaluate((bar) => bar.getBoundingClientRect().width)).toBeGreaterThan(20);
    await expect(page.getByRole("button", { name: "Test speaker" })).toBeVisible();
    // One that glides has the whole page drawn at the screen's pace.
    expect(await transitionsOf(level)).toBe(0);
  });

  test("a chosen camera is remembered, and taken again when it comes back", async ({ open, room }) => {
    const riya = await open(RIYA, { devices: "two-cameras", prepare: stageDevices });
    const { page } = riya;
    const camera = page.getByRole("combobox", { name: "Camera" });
    const selected = camera.locator("option:checked");
    await page.goto(`/room/${room}`);
    await expect(selected).toHaveText(CAMERA_1);
    await camera.selectOption(CAMERA_2);
    await expect(selected).toHaveText(CAMERA_2);
    await page.reload();
    await expect(selected).toHaveText(CAMERA_2);
    // Chosen, and open as well.
    await expect(page.getByRole("button", { name: "Camera" })).toHaveAttribute("aria-pressed", "true");

    await page.evaluate((label) => window.deviceStage.unplug(label), CAMERA_2);
    await expect(toast(riya, `${CAMERA_2} was unplugged. Using ${CAMERA_1}.`)).toBeVisible();
    await page.reload();
    await expect(toast(riya, `${CAMERA_2} is not connected. Using ${CAMERA_1}.`)).toBeVisible();
    await expect(selected).toHaveText(CAMERA_1);

    await page.evaluate((label) => window.deviceStage.plugIn(label), CAMERA_2);
    await expect(toast(riya, `Using ${CAMERA_2}.`)).toBeVisible();
    await expect(selected).toHaveText(CAMERA_2);
  });

  test("over plain HTTP on the network, the page says what is needed for a camera", async ({ app, open, room }) => {
    const at = { ...app, url: `http://mychat.test:${app.port}` };
    const riya = await open(RIYA, { at, isRaw: true, hostRules: "MAP mychat.test 127.0.0.1" });
    await riya.page.goto(`/room/${room}`);
    const notice = alert(riya, "only to pages opened over HTTPS or on localhost");
    await expect(notice).toContainText("npm run start:https");
    await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
    await riya.joinNow();
  });
});

test.describe("without", () => {
  test("a refused permission is said, with where to click, and the person joins all the same", async ({
    open,
    room,
  }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA, { isRaw: true, permission: "denied", isPhone: true });
    await riya.page.goto(`/room/${room}`);
    const notice = alert(riya, "Camera and microphone are blocked for this page");
    await expect(notice).toContainText("Click the icon left of the address");
    await expect(riya.page.getByRole("button", { name: "Camera" })).toHaveAttribute("aria-pressed", "false");
    await expect(riya.page.getByRole("button", { name: "Join now" })).toBeInViewport({ ratio: 1 });
    await riya.expectAccessible();
    await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
    await riya.joinNow();
    await riya.expectSees(rohit);
    await riya.expectHears(rohit);
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "connected");
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
    await riya.expectAccessible();
  });

  test("without any devices one joins, sees and hears", async ({ open, room }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA, { isRaw: true, devices: "none" });
    await riya.page.goto(`/room/${room}`);
    await expect(alert(riya, "No camera and no microphone were found")).toBeVisible();
    await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
    await riya.joinNow();
    await riya.expectSees(rohit);
    await riya.expectHears(rohit);
  });

  test("a missing camera does not cost the microphone", async ({ open, room }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA, { devices: "no-camera" });
    await riya.page.goto(`/room/${room}`);
    await expect(alert(riya, "No camera was found")).toBeVisible();
    await expect(riya.page.getByRole("button", { name: "Microphone" })).toHaveAttribute("aria-pressed", "true");
    await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
    await riya.joinNow();
    await rohit.expectHears(riya);
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
  });

  test("a question that was closed is not asked again by itself, and can be answered in the call", async ({
    open,
    room,
  }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA, { permission: "asked", prepare: stageDevices });
    const { page } = riya;
    const kinds = ["camera", "microphone"] as const;
    for (const kind of kinds) await setPermission(page, kind, "prompt");
    const requests = () => page.evaluate(() => window.deviceStage.requests);
    await page.goto(`/room/${room}`);
    await expect(alert(riya, "Camera and microphone need your permission")).toBeVisible();
    expect(await requests()).toBe(1);
    await page.getByRole("textbox", { name: "Name" }).fill(riya.name);
    await riya.joinNow();
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");

    await page.getByRole("button", { name: "Allow" }).click();
    await expect.poll(requests).toBe(2);
    for (const kind of kinds) await setPermission(page, kind, "granted");
    await rohit.expectSees(riya);
    await rohit.expectHears(riya);
    await expect(alert(riya, "permission")).toHaveCount(0);
  });

  test("a camera that another program has is said so, and had when it is free", async ({ open, room }) => {
    const riya = await open(RIYA, { prepare: stageDevices });
    const { page } = riya;
    await page.addInitScript(() => window.deviceStage.fail("video", "NotReadableError"));
    await page.goto(`/room/${room}`);
    await expect(alert(riya, "The camera can't be opened: another program may be using it.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Microphone" })).toHaveAttribute("aria-pressed", "true");
    await page.evaluate(() => window.deviceStage.mend());
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByTestId("preview").locator("video")).toBeVisible();
    await expect(alert(riya, "another program")).toHaveCount(0);
  });
});

test.describe("in the call", () => {
  test("a camera that was blocked comes on by itself when it is allowed, and goes when that is withdrawn", async ({
    open,
    room,
  }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA, { isRaw: true, permission: "asked" });
    await setPermission(riya.page, "camera", "denied");
    await enterByLink(riya, room);
    await expect(alert(riya, "The camera is blocked for this page")).toBeVisible();
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-audio", "on");
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");

    await setPermission(riya.page, "camera", "granted");
    await expect(riya.control("Camera")).toHaveAttribute("aria-pressed", "true");
    await expect(alert(riya, "blocked")).toHaveCount(0);
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "on");
    await rohit.expectMoves(riya);

    await setPermission(riya.page, "camera", "denied");
    await expect(alert(riya, "The camera is blocked for this page")).toBeVisible();
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
  });

  test("an unplugged camera gives way to another one, and comes back", async ({ open, room }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA, { devices: "two-cameras", prepare: stageDevices });
    await enterByLink(riya, room);
    await rohit.expectSees(riya);

    await riya.page.evaluate((label) => window.deviceStage.unplug(label), CAMERA_1);
    await expect(toast(riya, `${CAMERA_1} was unplugged. Using ${CAMERA_2}.`)).toBeVisible();
    await rohit.expectMoves(riya);

    await riya.page.evaluate((label) => window.deviceStage.unplug(label), CAMERA_2);
    await expect(alert(riya, "The camera was unplugged, and there is no other")).toBeVisible();
    await expect(riya.control("Camera")).toHaveAttribute("aria-pressed", "false");
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
    await rohit.expectHears(riya);

    await riya.page.evaluate((label) => window.deviceStage.plugIn(label), CAMERA_1);
    await expect(toast(riya, `Using ${CAMERA_1}.`)).toBeVisible();
    await expect(riya.control("Camera")).toHaveAttribute("aria-pressed", "true");
    await rohit.expectSees(riya);
  });

  test("camera, microphone and speaker are changed in the settings, and the others go on seeing and hearing", {
    tag: "@core",
  }, async ({ open, room }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA, {
      devices: "two-cameras",
      prepare: async (page) => {
        await stageDevices(page);
        await page.addInitScript(() => {
          const { setSinkId } = HTMLMediaElement.prototype;
          HTMLMediaElement.prototype.setSinkId = async function (id) {
            await setSinkId.call(this, id);
            document.documentElement.dataset.sink = this.sinkId;
          };
        });
      },
    });
    const { page } = riya;
    await enterByLink(riya, room);
    await rohit.expectSees(riya);
    await riya.expectHears(rohit);

    await riya.control("Settings").click();
    const dialog = page.getByRole("dialog", { name: "Settings" });
    await expect(dialog.locator("video")).toBeVisible();
    await dialog.getByRole("combobox", { name: "Camera" }).selectOption(CAMERA_2);
    await dialog.getByRole("combobox", { name: "Microphone" }).selectOption("Fake Audio Input 2");
    const speaker = dialog.getByRole("combobox", { name: "Speaker" });
    // The menu shows a choice once the sound goes there: until then its own value is still the last one's.
    const output = await speaker
      .getByRole("option", { name: "Fake Audio Output 2" })
      .evaluate((option: HTMLOptionElement) => option.value);
    await speaker.selectOption(output);
    await expect(page.locator("html")).toHaveAttribute("data-sink", output);
    await expect(speaker).toHaveValue(output);
    await expect
      .poll(() =>
        page.evaluate(() =>
          window.recordedMedia.deviceTracks
            .filter((t) => t.readyState === "live")
            .map((t) => t.label)
            .sort(),
        ),
      )
      .toEqual(["Fake Audio Input 2", CAMERA_2]);
    await rohit.expectMoves(riya);
    await rohit.expectHears(riya);
    await riya.expectAccessible();

    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(riya.control("Settings")).toBeFocused();

    await page.evaluate(() => window.deviceStage.unplug("Fake Audio Output 2"));
    await expect(toast(riya, "Fake Audio Output 2 was unplugged. Using ")).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-sink", "");
    await riya.expectHears(rohit);
  });

  test("a new default microphone is followed by who has chosen none", async ({ open, room }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA, { prepare: stageDevices });
    await enterByLink(riya, room);
    await rohit.expectHears(riya);
    await riya.page.evaluate(() => window.deviceStage.makeDefault("Fake Audio Input 2"));
    await expect(toast(riya, "The microphone is now Fake Audio Input 2.")).toBeVisible();
    await rohit.expectHears(riya);
    await expect(riya.control("Microphone")).toHaveAttribute("aria-pressed", "true");
  });

  test("someone who talks while muted is told, and unmutes with one click", async ({ open, room }) => {
    const rohit = await open(ROHIT);
    await rohit.enter(room);
    const riya = await open(RIYA, { isPhone: true });
    await enterByLink(riya, room);
    await rohit.expectHears(riya);
    await riya.turn("Microphone", "off");
    await rohit.expectSilence(riya);
    await expect(toast(riya, "You are muted.")).toBeVisible();
    await riya.page.getByRole("button", { name: "Unmute" }).click();
    await rohit.expectHears(riya);
    await expect(toast(riya, "You are muted.")).toBeHidden();
  });

  test("a microphone that gives no sound is noticed, until it is muted", { tag: "@long" }, async ({ open, room }) => {
    // A tone of 0 Hz is a sample of 0, for ever.
    const riya = await open({ ...RIYA, toneHz: 0 });
    await enterByLink(riya, room);
    await expect(toast(riya, "Your microphone gives no sound.")).toBeVisible();
    await riya.turn("Microphone", "off");
    await expect(toast(riya, "Your microphone gives no sound.")).toBeHidden();
  });
});
