import { expect, onlyOn, test } from "./support/fixtures";
import { RAHUL, RIYA, ROHIT } from "./support/persona";

test.describe("a room with a limit", () => {
  onlyOn("embedded", "Agora's rooms have none");

  test("a full room is said, and let in when someone leaves", async ({ open, room, startApp }) => {
    const small = await startApp({ env: { EMBEDDED_MAX_MEMBERS: "1" } });
    try {
      const rohit = await open(ROHIT, { at: small });
      await rohit.enter(room);
      const riya = await open(RIYA, { at: small });
      await riya.page.goto(`/room/${room}`);
      await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
      await riya.page.getByRole("button", { name: "Join now" }).click();
      await expect(riya.page.getByRole("alert").filter({ hasText: /full/i })).toBeVisible();
      await riya.expectAccessible();
      await rohit.leave();
      await expect(riya.page.getByText("Nobody is here yet.")).toBeVisible();
      await riya.joinNow();
      await expect(riya.page.getByRole("alert").filter({ hasText: /full/i })).toHaveCount(0);
    } finally {
      await small.stop();
    }
  });
});

test("a server that is away is said before joining, and the click counts when it is back", async ({ open, room }) => {
  const riya = await open(RIYA);
  await riya.page.route("**/api/**", (route) => route.abort("connectionrefused"));
  await riya.page.goto(`/room/${room}`);
  await expect(riya.page.getByRole("alert").filter({ hasText: "can't be reached" })).toBeVisible();
  await riya.expectAccessible();
  await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
  await riya.page.getByRole("button", { name: "Join now" }).click();
  await riya.page.unroute("**/api/**");
  await riya.expectConnected();
});

test("the server is killed and comes back: media goes on, everyone stays, someone new comes in", async ({
  open,
  room,
  startApp,
  topology,
}) => {
  test.setTimeout(120_000);
  const first = await startApp({ env: { DATABASE_PATH: test.info().outputPath("restart.db") } });
  const rohit = await open(ROHIT, { at: first });
  const riya = await open(RIYA, { at: first });
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);

  first.kill("SIGKILL");
  await first.exited;
  await expect(rohit.page.getByTestId("connection")).toHaveAttribute("data-state", "reconnecting");
  await rohit.expectAccessible();
  // What goes through the server goes with it, and comes back with it (`relay.spec.ts`).
  if (topology !== "relay") await rohit.expectMoves(riya);
  const second = await startApp({ port: first.port, env: { DATABASE_PATH: first.databasePath } });
  try {
    await rohit.expectConnected();
    await riya.expectConnected();
    await expect(rohit.tiles).toHaveCount(2);
    await rohit.expectSees(riya);
    await riya.expectSees(rohit);
    const rahul = await open(RAHUL, { at: second });
    await rahul.enter(room);
    await rahul.expectSees(rohit);
    await rohit.expectSees(rahul);
  } finally {
    await second.stop();
  }
});

test.describe("keys that are in the database", () => {
  onlyOn("embedded", "with Agora's keys a token is genuine whatever became of the database, and its uid goes on");

  test("the server comes back with an empty database: everyone is in again, under a new uid", {
    tag: "@long",
  }, async ({ open, room, startApp }) => {
    test.setTimeout(120_000);
    const first = await startApp();
    const rohit = await open(ROHIT, { at: first });
    const riya = await open(RIYA, { at: first });
    await rohit.enter(room);
    await riya.enter(room);
    await rohit.expectSees(riya);
    const uid = await rohit.uid();
    await first.stop();
    const second = await startApp({ port: first.port });
    try {
      await expect.poll(() => rohit.uid(), { timeout: 30_000 }).not.toBe(uid);
      await rohit.expectConnected();
      await riya.expectConnected();
      await expect(rohit.tiles).toHaveCount(2);
      await rohit.expectSees(riya);
      await riya.expectSees(rohit);
    } finally {
      await second.stop();
    }
  });
});

test("offline for longer than the server waits: shown, and in again by itself with the same uid", {
  tag: "@long",
}, async ({ open, room }) => {
  test.setTimeout(150_000);
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  const uid = await riya.uid();

  await riya.context.setOffline(true);
  await expect(riya.page.getByTestId("connection")).toHaveAttribute("data-state", "reconnecting", { timeout: 30_000 });
  await expect(rohit.tiles).toHaveCount(1, { timeout: 30_000 });
  await riya.context.setOffline(false);
  await riya.expectConnected();
  expect(await riya.uid()).toBe(uid);
  await expect(rohit.tiles).toHaveCount(2);
  await rohit.expectSees(riya);
  await riya.expectSees(rohit);
});

test("a reload in a call while the server is away says so, and goes on when it is back", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  await rohit.page.route("**/api/**", (route) => route.abort("connectionrefused"));
  await rohit.page.reload();
  await expect(rohit.page.getByRole("alert").filter({ hasText: "can't be reached" })).toBeVisible();
  await expect(rohit.page.getByRole("link", { name: "Back to the lobby" })).toBeVisible();
  await rohit.expectAccessible();
  await rohit.page.unroute("**/api/**");
  await rohit.expectConnected();
});

test("a duplicated tab is a person of its own, and leaves the first one alone", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const seat = await rohit.page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  const copy = await rohit.context.newPage();
  // What a browser does when a tab is duplicated: the copy starts with the first one's session storage, by a reload.
  await copy.addInitScript((stored) => {
    for (const [key, value] of Object.entries(JSON.parse(stored))) sessionStorage.setItem(key, String(value));
  }, seat);
  await copy.goto(`/room/${room}`);
  await copy.reload();
  await copy.getByRole("button", { name: "Join now" }).click();
  await expect(copy.getByTestId("tile")).toHaveCount(2);
  await expect(rohit.tiles).toHaveCount(2);
  await rohit.expectConnected();
});

test("a call opened elsewhere ends here, says so, and does not come back by itself", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const stored = await rohit.page.evaluate((key) => sessionStorage.getItem(key), `mychat:seat:${room}`);
  const { token } = JSON.parse(stored ?? "{}");
  const elsewhere = new AbortController();
  const response = await fetch(new URL(`/api/rooms/${room}/events?instance=${crypto.randomUUID()}`, rohit.page.url()), {
    headers: { authorization: `Bearer ${token}` },
    signal: elsewhere.signal,
  });
  expect(response.status).toBe(200);
  await expect(rohit.page.getByRole("heading", { name: "Opened elsewhere" })).toBeVisible();
  await rohit.expectAccessible();
  const live = () => window.recordedMedia.deviceTracks.filter((track) => track.readyState === "live").length;
  await expect.poll(() => rohit.page.evaluate(live)).toBe(0);
  elsewhere.abort();
});

test("names that are HTML, SQL, right-to-left, emoji or fifty wide characters are only text", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const names = [
    '<img src=x onerror="alert(1)">',
    "'; DROP TABLE members; --",
    "مرحبا بالعالم",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "界".repeat(50),
  ];
  for (const name of names) {
    const guest = await open({ ...RIYA, name });
    await guest.enterWithout(["Microphone", "Camera"], room);
    await expect(rohit.tileOf(guest)).toContainText(name);
    await expect(rohit.page.locator("img")).toHaveCount(0);
    await guest.leave();
  }
});
