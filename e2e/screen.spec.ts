import type { Locator } from "@playwright/test";
import type { Participant } from "./participant";
import { expect, onlyOn, test } from "./support/fixtures";
import { type Persona, RAHUL, RIYA, ROHIT } from "./support/persona";
import { keepPlayers, playing } from "./support/players";
import { answerWith, endByBrowser, openMedia, screenOf, stageScreen, switchTo } from "./support/screen";

/** With a screen to share. */
const withScreen = (persona: Persona) => ({
  prepare: (page: Participant["page"]) => stageScreen(page, persona),
});

function at(person: Participant, place: "stage" | "strip" | "grid"): Locator {
  return person.page.locator(`[data-place=${place}]`).getByTestId("tile");
}

function announcement(person: Participant): Locator {
  return person.page.getByTestId("announcer");
}

async function startSharing(person: Participant): Promise<void> {
  await person.control("Share screen").click();
  await expect(person.control("Share screen")).toHaveAttribute("aria-pressed", "true");
  await expect(person.screenTileOf(person)).toHaveAttribute("data-state", "connected");
}

async function expectNoScreens(...people: Participant[]): Promise<void> {
  for (const person of people) await expect(person.page.locator("[data-kind=screen]")).toHaveCount(0);
}

test("a shared screen is seen whole and heard by all, also by who comes later; it takes the stage and gives it back", {
  tag: ["@core", "@relay"],
}, async ({ open, room }) => {
  test.setTimeout(120_000);
  const rohit = await open(ROHIT, { prepare: keepPlayers });
  const riya = await open(RIYA, withScreen(RIYA));
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  await riya.turn("Microphone", "off");
  await riya.turn("Camera", "off");
  await expect.poll(() => playing(rohit.page)).toEqual([]);

  await startSharing(riya);
  await expect(announcement(rohit)).toHaveText("RIYA started sharing their screen");
  await rohit.expectSeesScreen(riya);
  await rohit.expectHearsScreen(riya);
  await expect.poll(() => playing(rohit.page)).toEqual([true]);
  await expect(at(rohit, "stage")).toHaveAttribute("data-kind", "screen");
  await expect(rohit.page.getByText("2 people")).toBeVisible();
  const isWhole = () =>
    rohit
      .screenTileOf(riya)
      .locator("video")
      .last()
      .evaluate((video) => getComputedStyle(video).objectFit === "contain");
  await expect.poll(isWhole).toBe(true);

  await expect(riya.screenTileOf(riya)).toContainText("You are sharing your screen");
  await expect(at(riya, "stage")).toHaveCount(0);
  await riya.expectSilence({ name: "her own screen", persona: { ...RIYA, ...screenOf(RIYA) } });
  await riya.expectHears(rohit);
  const ownPicture = riya.screenTileOf(riya).locator("video");
  await expect(ownPicture).toHaveCount(1);
  await switchTo(riya.page, "monitor");
  await expect(ownPicture).toHaveCount(0);

  const rahul = await open(RAHUL);
  await rahul.enter(room);
  await rahul.expectSeesScreen(riya);
  await rahul.expectHearsScreen(riya);

  await riya.page.getByRole("button", { name: "Stop sharing" }).click();
  await expectNoScreens(rohit, riya, rahul);
  await expect(announcement(rohit)).toHaveText("RIYA stopped sharing their screen");
  await expect(at(rohit, "stage")).toHaveCount(0);
  await expect(riya.control("Share screen")).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => openMedia(riya.page)).toMatchObject({ captures: 0 });
  await rohit.expectSees(rahul);
});

test("two share at once: both can be looked at; one ends by the browser's own bar, the other with a crash", {
  tag: "@long",
}, async ({ open, room }) => {
  test.setTimeout(150_000);
  const rohit = await open(ROHIT, { ...withScreen(ROHIT), isPhone: true });
  const riya = await open(RIYA, withScreen(RIYA));
  const rahul = await open(RAHUL, withScreen(RAHUL));
  for (const person of [rohit, riya, rahul]) await person.enter(room);
  await rohit.expectSees(rahul);

  await riya.page.keyboard.press("s");
  await rohit.expectSeesScreen(riya);
  await rohit.expectAccessible();
  await startSharing(rahul);
  await rohit.expectSeesScreen(rahul);
  await expect(at(rohit, "stage")).toHaveAttribute("data-name", "RAHUL");
  await riya.expectSeesScreen(rahul);
  await riya.expectAccessible();
  await rohit.page.getByRole("button", { name: "Pin RIYA's screen" }).click();
  await expect(at(rohit, "stage")).toHaveAttribute("data-name", "RIYA");
  await rohit.expectSeesScreen(rahul);

  await endByBrowser(riya.page);
  await expect(riya.control("Share screen")).toHaveAttribute("aria-pressed", "false");
  await expect(rohit.screenTileOf(riya)).toHaveCount(0);
  await expect(at(rohit, "stage")).toHaveAttribute("data-name", "RAHUL");

  const crashed = rahul.page.waitForEvent("crash");
  await Promise.allSettled([rahul.page.goto("chrome://crash"), crashed]);
  await expect(rohit.screenTileOf(rahul)).toHaveAttribute("data-state", "reconnecting");
  await expectNoScreens(rohit);
  await rohit.expectSees(riya);
});

test("a question that is closed changes nothing, a system that refuses is said, and a reload ends the share", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA, withScreen(RIYA));
  await rohit.enter(room);
  await riya.enter(room);
  await riya.expectSees(rohit);
  const alert = riya.page.getByRole("alert").filter({ hasText: "screen" });

  await answerWith(riya.page, { name: "NotAllowedError", message: "Permission denied" });
  await riya.control("Share screen").click();
  await expect(riya.control("Share screen")).toHaveAttribute("aria-busy", "false");
  await expect(riya.control("Share screen")).toHaveAttribute("aria-pressed", "false");
  await expect(alert).toHaveCount(0);

  await answerWith(riya.page, { name: "NotAllowedError", message: "Permission denied by system" });
  await riya.control("Share screen").click();
  await expect(alert).toContainText("This computer's settings keep the screen from the browser.");
  await riya.expectAccessible();
  await alert.getByRole("button", { name: "Dismiss" }).click();
  await expect(alert).toHaveCount(0);
  await expectNoScreens(riya, rohit);

  await answerWith(riya.page, "share");
  await startSharing(riya);
  await rohit.expectSeesScreen(riya);
  await riya.page.reload();
  await riya.expectConnected();
  await expectNoScreens(rohit, riya);
  await rohit.expectSees(riya);
});

test("what is shared no more is gone for all as soon as the server can be told, also where its answer was lost", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA, withScreen(RIYA));
  await rohit.enter(room);
  await riya.enter(room);
  await startSharing(riya);
  await rohit.expectSeesScreen(riya);
  // What a page says while it may be going is said by Chromium offline, too: hence not `setOffline`.
  const ended = riya.page.waitForRequest((request) => request.method() === "DELETE");
  await riya.page.route("**/api/members", (route) => route.abort("connectionrefused"));
  await riya.control("Share screen").click();
  await ended;
  await expect.poll(() => openMedia(riya.page)).toMatchObject({ captures: 0 });
  await expect(rohit.screenTileOf(riya)).toHaveCount(1);
  await riya.page.unroute("**/api/members");
  await expectNoScreens(rohit, riya);

  // From here on the server shares her screen, and she never learns with what token.
  await riya.page.route("**/api/token", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await riya.control("Share screen").click();
  await expect(rohit.screenTileOf(riya)).toHaveAttribute("data-state", "connecting");
  await riya.control("Share screen").click();
  await expect(riya.control("Share screen")).toHaveAttribute("aria-pressed", "false");
  await expect(rohit.screenTileOf(riya)).toHaveCount(1);
  await riya.page.unroute("**/api/token");
  await expectNoScreens(rohit, riya);
  await rohit.expectSees(riya);
});

test.describe("a full room", () => {
  onlyOn("embedded", "Agora's rooms are never full");

  test("who finds their seat taken when they are back shares their screen no more, also not when they come in again", {
    tag: "@long",
  }, async ({ open, room, startApp }) => {
    test.setTimeout(120_000);
    const app = await startApp({ env: { EMBEDDED_MAX_MEMBERS: "2" } });
    try {
      const rohit = await open(ROHIT, { at: app });
      const riya = await open(RIYA, { at: app, ...withScreen(RIYA) });
      await rohit.enter(room);
      await riya.enter(room);
      await startSharing(riya);
      await riya.context.setOffline(true);
      await expect(rohit.tiles).toHaveCount(1, { timeout: 30_000 });
      const rahul = await open(RAHUL, { at: app });
      await rahul.enter(room);
      await riya.context.setOffline(false);
      await expect(riya.page.getByRole("alert").filter({ hasText: "full" })).toBeVisible({ timeout: 30_000 });
      await expect.poll(() => openMedia(riya.page)).toMatchObject({ captures: 0 });
      await rahul.leave();
      await riya.joinNow();
      await riya.expectSees(rohit);
      await expect(riya.control("Share screen")).toHaveAttribute("aria-pressed", "false");
      await expectNoScreens(rohit, riya);
    } finally {
      await app.stop();
    }
  });
});

test("a phone that can capture no screen has no button for it, and sees others' screens", async ({ open, room }) => {
  const rohit = await open(ROHIT, {
    isPhone: true,
    prepare: async (page) => {
      await page.addInitScript(() =>
        Object.defineProperty(MediaDevices.prototype, "getDisplayMedia", { value: undefined }),
      );
    },
  });
  // Chromium's own: it captures a moving pattern where it may only pretend.
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await expect(rohit.control("Share screen")).toHaveCount(0);
  await startSharing(riya);
  const video = rohit.screenTileOf(riya).locator("video");
  await expect(rohit.screenTileOf(riya)).toHaveAttribute("data-state", "connected");
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.getVideoPlaybackQuality().totalVideoFrames))
    .toBeGreaterThan(10);
});

test("a restart of the server ends no share", { tag: "@long" }, async ({ open, room, startApp }) => {
  test.setTimeout(120_000);
  const first = await startApp({ env: { DATABASE_PATH: test.info().outputPath("restart.db") } });
  const rohit = await open(ROHIT, { at: first });
  const riya = await open(RIYA, { at: first, ...withScreen(RIYA) });
  await rohit.enter(room);
  await riya.enter(room);
  await startSharing(riya);
  await rohit.expectSeesScreen(riya);
  const uid = await rohit.screenTileOf(riya).getAttribute("data-uid");
  first.kill("SIGKILL");
  await first.exited;
  await expect(rohit.page.getByTestId("connection")).toHaveAttribute("data-state", "reconnecting");
  const second = await startApp({ port: first.port, env: { DATABASE_PATH: first.databasePath } });
  try {
    await rohit.expectConnected();
    await riya.expectConnected();
    await rohit.expectSeesScreen(riya);
    expect(await rohit.screenTileOf(riya).getAttribute("data-uid")).toBe(uid);
    await riya.control("Share screen").click();
    await expectNoScreens(rohit, riya);
  } finally {
    await second.stop();
  }
});

test("a share outlasts a network that is away for longer than the server waits", { tag: "@long" }, async ({
  open,
  room,
}) => {
  test.setTimeout(150_000);
  const rohit = await open(ROHIT);
  const riya = await open(RIYA, withScreen(RIYA));
  await rohit.enter(room);
  await riya.enter(room);
  await startSharing(riya);
  await rohit.expectSeesScreen(riya);
  const uid = await rohit.screenTileOf(riya).getAttribute("data-uid");
  await riya.context.setOffline(true);
  await expect(rohit.tiles).toHaveCount(1, { timeout: 30_000 });
  await riya.context.setOffline(false);
  await riya.expectConnected();
  await rohit.expectSeesScreen(riya);
  expect(await rohit.screenTileOf(riya).getAttribute("data-uid")).not.toBe(uid);
  await riya.control("Share screen").click();
  await expectNoScreens(rohit, riya);
});

test("begun and ended ten times, a share leaves nothing open", { tag: "@long" }, async ({ open, room }) => {
  test.setTimeout(180_000);
  const rohit = await open(ROHIT);
  const riya = await open(RIYA, withScreen(RIYA));
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  const before = [await openMedia(riya.page), await connectionsOf(rohit)];
  for (let round = 0; round < 10; round++) {
    await startSharing(riya);
    await expect(rohit.screenTileOf(riya)).toHaveAttribute("data-video", "on");
    await riya.control("Share screen").click();
    await expectNoScreens(rohit, riya);
  }
  await expect.poll(async () => [await openMedia(riya.page), await connectionsOf(rohit)]).toEqual(before);
  await rohit.expectSees(riya);
});

function connectionsOf(person: Participant): Promise<number> {
  return person.page.evaluate(
    () => window.recordedMedia.connections.filter(({ signalingState }) => signalingState !== "closed").length,
  );
}
