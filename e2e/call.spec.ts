import { expect, test } from "./support/fixtures";
import { ARJUN, MEERA, RAHUL, RIYA, ROHIT } from "./support/persona";

test("three people see and hear each other, each with their own picture, name and voice", {
  tag: ["@core", "@relay"],
}, async ({ open, room }) => {
  const people = [await open(ROHIT), await open(RIYA), await open(RAHUL)];
  for (const person of people) await person.enter(room);
  for (const person of people) {
    await expect(person.page.getByTestId("room-name")).toHaveText(room);
    await expect(person.tiles).toHaveCount(3);
    await expect(person.page.locator("[data-testid=tile][data-local=true]")).toHaveAttribute("data-name", person.name);
    for (const other of people) {
      if (other === person) continue;
      await person.expectSees(other);
      await person.expectHears(other);
    }
    await person.expectAccessible();
  }
});

test("muting and unmuting, sound and picture, is seen and heard on the other side, both ways", {
  tag: ["@core", "@relay"],
}, async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await riya.expectSees(rohit);

  for (const [person, other] of [
    [rohit, riya],
    [riya, rohit],
  ] as const) {
    await other.expectHears(person);
    await person.turn("Microphone", "off");
    await expect(other.tileOf(person)).toHaveAttribute("data-audio", "off");
    await expect(person.tileOf(person)).toHaveAttribute("data-audio", "off");
    await other.expectSilence(person);
    await person.turn("Microphone", "on");
    await expect(other.tileOf(person)).toHaveAttribute("data-audio", "on");
    await other.expectHears(person);

    await person.turn("Camera", "off");
    await expect(other.tileOf(person)).toHaveAttribute("data-video", "off");
    await expect(other.tileOf(person).locator("video")).toHaveCount(0);
    await expect
      .poll(
        () =>
          person.page.evaluate(
            () => window.recordedMedia.deviceTracks.filter((t) => t.kind === "video" && t.readyState === "live").length,
          ),
        {
          message: "the camera's light is off",
        },
      )
      .toBe(0);
    await person.turn("Camera", "on");
    await other.expectSees(person);
  }
});

test("who comes later sees what is off, and what is turned on then", { tag: "@core" }, async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  await rohit.turn("Microphone", "off");
  await rohit.turn("Camera", "off");

  const riya = await open(RIYA);
  await riya.enter(room);
  await expect(riya.tileOf(rohit)).toHaveAttribute("data-state", "connected");
  await expect(riya.tileOf(rohit)).toHaveAttribute("data-audio", "off");
  await expect(riya.tileOf(rohit)).toHaveAttribute("data-video", "off");
  await riya.expectAccessible();
  await rohit.expectSees(riya);

  await rohit.turn("Microphone", "on");
  await rohit.turn("Camera", "on");
  await riya.expectSees(rohit);
  await riya.expectHears(rohit);
});

test("someone who turned all off before joining is published when they turn it on in the call", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enterWithout(["Microphone", "Camera"], room);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "connected");
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
  await riya.turn("Camera", "on");
  await riya.turn("Microphone", "on");
  await rohit.expectSees(riya);
  await rohit.expectHears(riya);
});

test("a reload keeps uid and tile, and goes straight back into the call", { tag: "@core" }, async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  const uid = await riya.uid();
  const tile = rohit.page.locator(`[data-testid=tile][data-uid="${uid}"]`);
  await tile.evaluate((element) => element.setAttribute("data-marked", "the same"));

  await riya.turn("Microphone", "off");
  await riya.page.reload();
  await riya.expectConnected();
  expect(await riya.uid()).toBe(uid);
  await expect(riya.control("Microphone")).toHaveAttribute("aria-pressed", "false");
  await rohit.expectSees(riya);
  await riya.expectSees(rohit);
  await expect(tile).toHaveAttribute("data-marked", "the same");
  await expect(rohit.tiles).toHaveCount(2);
});

test("leaving takes the tile away, frees the devices and offers the way back", { tag: "@core" }, async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);

  await riya.leave();
  await expect(rohit.tiles).toHaveCount(1);
  const live = () => window.recordedMedia.deviceTracks.filter((track) => track.readyState === "live").length;
  await expect.poll(() => riya.page.evaluate(live)).toBe(0);
  const connections = () => window.recordedMedia.connections.filter((c) => c.connectionState !== "closed").length;
  await expect.poll(() => riya.page.evaluate(connections)).toBe(0);

  await riya.page.getByRole("link", { name: "Rejoin" }).click();
  await riya.joinNow();
  await rohit.expectSees(riya);
  await riya.expectSees(rohit);
});

test("going back in the browser is leaving", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  await riya.page.goBack();
  await expect(rohit.tiles).toHaveCount(1);
});

test("a closed tab is gone within three seconds", { tag: "@core" }, async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  const closedAtMs = Date.now();
  await riya.page.close({ runBeforeUnload: false });
  await expect(rohit.tiles).toHaveCount(1);
  expect(Date.now() - closedAtMs).toBeLessThan(3500);
});

test("a crashed tab is gone within fifteen seconds, and shown as reconnecting before", { tag: "@core" }, async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA, { isRaw: true });
  await rohit.enter(room);
  await riya.enter(room);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "connected");
  const crashedAtMs = Date.now();
  const crashed = riya.page.waitForEvent("crash");
  // The navigation never succeeds: the page is gone.
  await Promise.allSettled([riya.page.goto("chrome://crash"), crashed]);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "reconnecting", { timeout: 5000 });
  await expect(rohit.tiles).toHaveCount(1);
  expect(Date.now() - crashedAtMs).toBeLessThan(15_000);
});

test("the room's link, copied and sent, brings the other in", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  await rohit.control("Copy link").click();
  const link = await rohit.page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).pathname).toBe(`/room/${room}`);
  const note = rohit.page.getByText("it works on this computer only");
  await expect(note).toBeVisible();
  await expect(note).toContainText("npm run start:https");
  await rohit.expectAccessible();
  await rohit.page.getByRole("button", { name: "Close toast" }).click();
  await expect(note).toBeHidden();

  const riya = await open(RIYA);
  await riya.follow(link);
  await riya.expectSees(rohit);
  await rohit.expectSees(riya);
});

test("five people are in one room, each seen by all", { tag: "@long" }, async ({ open, room }) => {
  test.setTimeout(180_000);
  const people = [await open(ROHIT), await open(RIYA), await open(RAHUL), await open(MEERA), await open(ARJUN)];
  for (const person of people) await person.enter(room);
  await Promise.all(
    people.map(async (person) => {
      await expect(person.tiles).toHaveCount(5);
      for (const other of people) if (other !== person) await person.expectSees(other);
    }),
  );
});

test("the browser's own fake camera and microphone work, unpainted", async ({ open, room }) => {
  const rohit = await open(ROHIT, { isRaw: true });
  const riya = await open(RIYA, { isRaw: true });
  await rohit.enter(room);
  await riya.enter(room);
  await expect(riya.tileOf(rohit).locator("video")).toBeVisible();
  await riya.expectMoves(rohit);
  await rohit.expectMoves(riya);
});
