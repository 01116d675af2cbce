import type { Locator } from "@playwright/test";
import type { Participant } from "./participant";
import { expect, test } from "./support/fixtures";
import { ARJUN, MEERA, type Persona, RAHUL, RIYA, ROHIT } from "./support/persona";
import { putAway } from "./support/put-away";

/** What is at a place of the call's picture: on the stage, in the strip, in the grid or in the corner. */
function at(person: Participant, place: "stage" | "strip" | "grid" | "corner"): Locator {
  return person.page.locator(`[data-place=${place}]`).getByTestId("tile");
}

async function choose(person: Participant, name: string): Promise<void> {
  await person.page.getByRole("button", { name: "View", exact: true }).click();
  await person.page.getByRole("menuitemradio", { name, exact: true }).click();
}

async function act(person: Participant, name: string): Promise<void> {
  await person.page.getByRole("button", { name: "View", exact: true }).click();
  await person.page.getByRole("menuitem", { name, exact: true }).click();
}

/** A finger across the tiles, as the browser itself tells a page of it. */
async function swipe({ page }: Participant, to: "left" | "right"): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const way = to === "left" ? [0.8, 0.5, 0.2] : [0.2, 0.5, 0.8];
  const points = way.map((share) => ({ x: share * width, y: height / 2 }));
  const browser = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: typeof points) =>
    browser.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", points.slice(0, 1));
  for (const point of points.slice(1)) await touch("touchMove", [point]);
  await touch("touchEnd", []);
  await browser.detach();
}

async function expectOnStage(person: Participant, other: { name: string }): Promise<void> {
  await expect(at(person, "stage")).toHaveCount(1);
  await expect(at(person, "stage")).toHaveAttribute("data-name", other.name);
}

test("the stage follows who speaks, keeps them while I speak, and a pin holds it", async ({ open, room }) => {
  const people = [await open(ROHIT), await open(RIYA), await open(RAHUL)] as const;
  const [rohit, riya, rahul] = people;
  for (const person of people) {
    await person.enter(room);
    await person.turn("Microphone", "off");
  }
  await expect(at(rohit, "grid")).toHaveCount(3);
  await choose(rohit, "Speaker");

  for (const [speaker, silent] of [
    [rahul, riya],
    [riya, rahul],
  ] as const) {
    await speaker.turn("Microphone", "on");
    await expectOnStage(rohit, speaker);
    await expect(rohit.page.locator("[data-testid=tile][data-speaking=true]")).toHaveCount(1);
    await expect(rohit.tileOf(speaker)).toHaveAttribute("data-speaking", "true");
    await expect(rohit.tileOf(silent)).toHaveAttribute("data-speaking", "false");
    await speaker.turn("Microphone", "off");
  }

  await rohit.turn("Microphone", "on");
  await expect(rohit.tileOf(rohit)).toHaveAttribute("data-speaking", "true");
  await expectOnStage(rohit, riya);
  await expect(at(rohit, "strip")).toHaveCount(2);

  await rohit.page.getByRole("button", { name: "Pin RAHUL" }).click();
  await expectOnStage(rohit, rahul);
  await rahul.page.reload();
  await rahul.expectConnected();
  await expectOnStage(rohit, rahul);
  await riya.turn("Microphone", "on");
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-speaking", "true");
  await rohit.page.getByRole("button", { name: "Unpin RAHUL" }).click();
  await expectOnStage(rohit, riya);
});

test("with one other they fill the picture; another layout restarts no video; a hidden self-view says that the camera is on", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  await expect(at(rohit, "grid")).toHaveAttribute("data-name", "RIYA");
  await expect(at(rohit, "corner")).toHaveAttribute("data-name", "ROHIT");
  await rohit
    .tileOf(riya)
    .locator("video")
    .evaluate((video) => video.setAttribute("data-marked", "the same"));

  await choose(rohit, "Side by side");
  await expect(at(rohit, "grid")).toHaveCount(2);
  await rohit.page.getByRole("button", { name: "Pin ROHIT" }).click();
  await choose(rohit, "Grid");
  await expectOnStage(rohit, rohit);
  await rohit.page.getByRole("button", { name: "Unpin ROHIT" }).click();
  await expect(at(rohit, "corner")).toHaveAttribute("data-name", "ROHIT");
  await expect(rohit.tileOf(riya).locator("video")).toHaveAttribute("data-marked", "the same");
  await rohit.expectMoves(riya);

  await rohit.page.getByRole("button", { name: "View", exact: true }).click();
  await expect(rohit.page.getByRole("menuitemradio", { name: "Hidden", exact: true })).toBeVisible();
  await rohit.expectAccessible();
  await rohit.page.keyboard.press("Escape");
  await choose(rohit, "Hidden");
  await expect(rohit.tiles).toHaveCount(1);
  await riya.expectSees(rohit);
  await rohit.page.reload();
  await rohit.expectConnected();
  await rohit.expectSees(riya);
  await expect(rohit.tiles).toHaveCount(1);
  await rohit.page.getByRole("button", { name: "Your camera is on" }).click();
  await expect(at(rohit, "corner")).toHaveAttribute("data-name", "ROHIT");
});

test("one's own picture is dragged to another corner, and stays there", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  const own = at(rohit, "corner");
  const whole = await rohit.tileOf(riya).boundingBox();
  const from = await own.boundingBox();
  if (!(whole && from)) throw new Error("The tiles are not drawn.");
  const { mouse } = rohit.page;
  await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await mouse.down();
  await mouse.move(whole.x + 200, whole.y + 150, { steps: 5 });
  await mouse.up();
  const isTopLeft = async () => {
    const box = await own.boundingBox();
    return box !== null && box.x < whole.x + whole.width / 3 && box.y < whole.y + whole.height / 3;
  };
  await expect.poll(isTopLeft).toBe(true);
  await rohit.page.reload();
  await rohit.expectConnected();
  await expect.poll(isTopLeft).toBe(true);
});

test("the call fills the screen, and goes on in a small window with its own controls", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);

  const isFullScreen = () => rohit.page.evaluate(() => document.fullscreenElement !== null);
  await act(rohit, "Full screen");
  await expect.poll(isFullScreen).toBe(true);
  await act(rohit, "Leave full screen");
  await expect.poll(isFullScreen).toBe(false);

  const opened = rohit.context.waitForEvent("page");
  await act(rohit, "Picture-in-picture");
  const small = await opened;
  await expect(small.getByText("RIYA")).toBeVisible();
  const isMoving = () =>
    small
      .locator("video")
      .evaluateAll((videos) =>
        videos.map(
          (video) => video instanceof HTMLVideoElement && video.getVideoPlaybackQuality().totalVideoFrames > 10,
        ),
      );
  await expect.poll(isMoving).toEqual([true, true]);
  await riya.turn("Camera", "off");
  await expect(small.locator("video")).toHaveCount(1);

  const controls = small.getByRole("toolbar", { name: "Call controls" });
  await controls.getByRole("button", { name: "Microphone" }).click();
  await expect(riya.tileOf(rohit)).toHaveAttribute("data-audio", "off");
  const closed = small.waitForEvent("close");
  await controls.getByRole("button", { name: "Leave" }).click();
  await closed;
  await expect(riya.tiles).toHaveCount(1);
});

test("a browser that floats no pages floats the large tile's video", { tag: "@long" }, async ({ open, room }) => {
  const rohit = await open(ROHIT, {
    prepare: async (page) => {
      await page.addInitScript(() => Object.defineProperty(window, "documentPictureInPicture", { value: undefined }));
    },
  });
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  await act(rohit, "Picture-in-picture");
  const floating = () =>
    rohit.page.evaluate(() =>
      document.pictureInPictureElement?.closest("[data-testid=tile]")?.getAttribute("data-name"),
    );
  await expect.poll(floating).toBe("RIYA");
  await act(rohit, "Picture-in-picture");
  await expect.poll(floating).toBeUndefined();
});

/** How many frames of its picture this page sends in a second, by all of its connections. */
function framesSentInASecond({ page }: Participant): Promise<number> {
  return page.evaluate(async () => {
    const count = async () => {
      let frames = 0;
      for (const connection of window.recordedMedia.connections) {
        (await connection.getStats()).forEach((stat) => {
          if (stat.type === "outbound-rtp" && stat.kind === "video") frames += stat.framesSent ?? 0;
        });
      }
      return frames;
    };
    const before = await count();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return (await count()) - before;
  });
}

test("a tab that is put away is sent sound and no picture, and has the picture again when it is looked at", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  await putAway(rohit.page, true);
  await expect.poll(() => framesSentInASecond(riya), { timeout: 20_000 }).toBe(0);
  await rohit.expectHears(riya);
  await riya.expectSees(rohit);
  await putAway(rohit.page, false);
  await rohit.expectSees(riya);
});

test("where no more fit there are pages, and who speaks on another one comes to the first", async ({ open, room }) => {
  const people = [await open(ROHIT), await open(RIYA), await open(RAHUL)] as const;
  const [rohit, riya, rahul] = people;
  for (const person of people) {
    await person.enter(room);
    await person.turn("Microphone", "off");
  }
  await rohit.page.setViewportSize({ width: 280, height: 460 });
  await expect(rohit.page.getByText("Page 1 of 2")).toBeVisible();
  await expect(rohit.tileOf(riya)).toBeVisible();
  await expect(rohit.tileOf(rahul)).toHaveCount(0);

  await rohit.page.getByRole("button", { name: "Next page" }).click();
  await expect(rohit.page.getByText("Page 2 of 2")).toBeVisible();
  await expect(rohit.tiles).toHaveCount(1);
  await rohit.expectSees(rahul);
  await rohit.page.getByRole("button", { name: "Previous page" }).click();
  await expect(rohit.tileOf(riya)).toBeVisible();

  await rahul.turn("Microphone", "on");
  await rohit.expectHears(rahul);
  await expect(rohit.tileOf(rahul)).toBeVisible();
  await expect(rohit.tileOf(riya)).toHaveCount(0);
  await rohit.expectSees(rahul);
});

test("nine people are on one page of a desktop and two of a phone", { tag: "@long" }, async ({
  startApp,
  open,
  room,
}) => {
  test.setTimeout(240_000);
  const app = await startApp({ env: { EMBEDDED_MAX_MEMBERS: "12" } });
  const silent = (name: string): Persona => ({ name, colour: [90, 90, 90], toneHz: 2000 });
  const rohit = await open(ROHIT, { at: app });
  const riya = await open(RIYA, { at: app, isPhone: true });
  const noDevices = ["Microphone", "Camera"] as const;
  await rohit.enterWithout(noDevices, room);
  await riya.enterWithout(noDevices, room);
  for (const persona of [RAHUL, MEERA, ARJUN, silent("ANANYA"), silent("KABIR"), silent("DIYA"), silent("VIHAAN")]) {
    const person = await open(persona, { at: app });
    await person.enterWithout(noDevices, room);
  }
  await expect(rohit.tiles).toHaveCount(9);
  await expect(riya.page.getByText("Page 1 of 2")).toBeVisible();
  await expect(riya.tiles).toHaveCount(6);
  await riya.page.getByRole("button", { name: "Next page" }).tap();
  await expect(riya.tiles).toHaveCount(3);
  await swipe(riya, "right");
  await expect(riya.tiles).toHaveCount(6);
  await swipe(riya, "left");
  await expect(riya.tiles).toHaveCount(3);

  await choose(rohit, "Speaker");
  await expect(at(rohit, "stage")).toHaveCount(1);
  await expect(at(rohit, "strip")).toHaveCount(8);
  await choose(rohit, "Side by side");
  await expect(at(rohit, "stage")).toHaveCount(2);
  await expect(rohit.tiles).toHaveCount(9);
});

test("who comes is there at once, and nobody glides for them; what one does oneself moves the tiles gently", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  await rohit.page.addInitScript(() => {
    window.begunOnTiles = [];
    const note = (how: string, target: EventTarget | null) => {
      if (target instanceof Element && target.matches("[data-place]")) window.begunOnTiles.push(how);
    };
    window.addEventListener("transitionrun", ({ propertyName, target }) => note(propertyName, target), {
      capture: true,
    });
    const { animate } = Element.prototype;
    Element.prototype.animate = function (this: Element, ...args) {
      note("glide", this);
      return animate.apply(this, args);
    };
  });
  const begun = () => rohit.page.evaluate(() => window.begunOnTiles);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await rohit.expectSees(riya);
  expect(await begun()).toEqual([]);
  await choose(rohit, "Side by side");
  await expect.poll(begun).toContain("glide");
});

declare global {
  interface Window {
    begunOnTiles: string[];
  }
}
