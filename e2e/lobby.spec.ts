import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

test("what is typed as a room is put right", async ({ open }) => {
  const { page } = await open(ROHIT);
  await page.goto("/");
  await page.getByRole("textbox", { name: "Room" }).fill("  my own room ");
  await page.getByRole("textbox", { name: "Name" }).fill("ROHIT");
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(page).toHaveURL(/\/room\/MY-OWN-ROOM$/);
  await expect(page.getByRole("heading", { name: "MY-OWN-ROOM" })).toBeVisible();
});

test("a room that can't be, and a missing name, are refused with the reason and the field is at hand", async ({
  open,
}) => {
  const rohit = await open(ROHIT);
  const { page } = rohit;
  await page.goto("/");
  await rohit.expectAccessible();
  const room = page.getByRole("textbox", { name: "Room" });
  const join = page.getByRole("button", { name: "Join", exact: true });
  await join.click();
  await expect(page.getByRole("alert").filter({ hasText: "A room needs a name." })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "A name is needed." })).toBeVisible();
  await expect(room).toBeFocused();
  await rohit.expectAccessible();

  await room.fill("café?");
  await join.click();
  await expect(page.getByRole("alert").filter({ hasText: "letters from A to Z" })).toBeVisible();

  await room.fill("main");
  await page.getByRole("textbox", { name: "Name" }).fill("x".repeat(51));
  await join.click();
  await expect(page.getByRole("alert").filter({ hasText: "at most 50 characters" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await expect(page).toHaveURL("/");
});

test("New room fills in a fresh name each time", async ({ open }) => {
  const { page } = await open(ROHIT);
  await page.goto("/");
  const room = page.getByRole("textbox", { name: "Room" });
  await page.getByRole("button", { name: "New room" }).click();
  const first = await room.inputValue();
  expect(first).toMatch(/^[A-Z]{5}-[A-Z]{5}-[A-Z]{5}$/);
  await page.getByRole("button", { name: "New room" }).click();
  expect(await room.inputValue()).not.toBe(first);
});

test("the name is remembered, and before joining the focus is on Join now", async ({ open, room }) => {
  const { page } = await open(ROHIT);
  await page.goto("/");
  await page.getByRole("textbox", { name: "Room" }).fill(room);
  await page.getByRole("textbox", { name: "Name" }).fill("ROHIT");
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(page.getByRole("button", { name: "Join now" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("ROHIT");

  await page.goto("/room/ANOTHER");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("ROHIT");
});

test("a link in small letters leads to the one room, and one that names no room says why", async ({ open }) => {
  const rohit = await open(ROHIT);
  const { page } = rohit;
  await page.goto("/room/main%20hall");
  await expect(page).toHaveURL(/\/room\/MAIN-HALL$/);
  for (const link of ["/room/caf%C3%A9", "/room/%E0%A4%A", `/room/${"X".repeat(65)}`]) {
    await page.goto(link);
    await expect(page.getByRole("alert").filter({ hasText: /A room's name/ })).toBeVisible();
    await expect(page.getByRole("link", { name: "Back to the lobby" })).toBeVisible();
  }
  await rohit.expectAccessible();
});

test("nobody learns of someone before their click, who sees who is there", async ({ open, room, topology }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  const said: string[] = [];
  riya.page.on("request", (request) => {
    if (request.method() !== "GET") said.push(new URL(request.url()).pathname);
  });
  await riya.page.goto(`/room/${room}`);
  await expect(riya.page.getByText("In the call: ROHIT")).toBeVisible();
  await riya.expectAccessible();
  // Her offer is made, and lies there: no address of hers has been called, or has called.
  const pairs = async () => {
    const connections = window.recordedMedia.connections.filter((connection) => connection.localDescription);
    const reports = await Promise.all(connections.map((connection) => connection.getStats()));
    const stats = reports.flatMap((report) => [...report.values()]);
    return { offers: connections.length, pairs: stats.filter(({ type }) => type === "candidate-pair").length };
  };
  const drafted = { offers: topology === "relay" ? 0 : 1, pairs: 0 };
  await expect.poll(() => riya.page.evaluate(pairs)).toEqual(drafted);
  await expect(rohit.tiles).toHaveCount(1);
  // Her token, and the answers to the server's pings: nothing that is for anyone else.
  expect([...new Set(said)].filter((path) => path !== "/api/members/pong")).toEqual(["/api/token"]);

  await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
  await riya.joinNow();
  await expect(rohit.tiles).toHaveCount(2);
  expect(said).toContain("/api/members");
  await rohit.expectSees(riya);
});

test("the last rooms are on the lobby, are gone to with a click, and are forgotten one by one or all", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  await rohit.leave();
  await expect(rohit.page.getByText(`You left ${room}`)).toBeVisible();
  await rohit.expectAccessible();

  // Another tab has left nothing.
  const page = await rohit.context.newPage();
  await page.goto("/");
  await expect(page.getByText("You left")).toBeHidden();
  await page.getByRole("link", { name: room }).click();
  await expect(page.getByRole("heading", { name: room })).toBeVisible();

  await page.evaluate(() => localStorage.setItem("mychat:recent-rooms", "MAIN KITCHEN GARDEN"));
  await page.goto("/");
  const links = page.getByRole("region", { name: "Your last rooms" }).getByRole("link");
  await expect(links).toHaveText(["MAIN", "KITCHEN", "GARDEN"]);
  await page.getByRole("button", { name: "Forget KITCHEN" }).click();
  await expect(links).toHaveText(["MAIN", "GARDEN"]);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Forget all" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(links).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: "New room" })).toBeEnabled();
  await expect(links).toHaveCount(0);
});

test("nothing on the lobby moves when the last rooms come in", async ({ open }) => {
  const { page } = await open(ROHIT, {
    prepare: async (opened) => {
      await opened.addInitScript(() => {
        localStorage.setItem("mychat:recent-rooms", "MAIN KITCHEN LUSAB-BABAD-GUTIH GARDEN ATTIC");
        sessionStorage.setItem("mychat:left-room", "CELLAR");
      });
    },
  });
  const places = async () => ({
    heading: await page.getByRole("heading", { level: 1 }).boundingBox(),
    join: await page.getByRole("button", { name: "Join", exact: true }).boundingBox(),
  });
  const scripts = "**/_next/static/**/*.js";
  await page.route(scripts, (route) => route.abort());
  await page.goto("/");
  await expect(page.getByText("Choose a room")).toBeVisible();
  const asServed = await places();
  await page.unroute(scripts);
  await page.reload();
  await expect(page.getByRole("link", { name: "ATTIC" })).toBeVisible();
  await expect(page.getByText("You left CELLAR")).toBeVisible();
  expect(await places()).toEqual(asServed);
});

test("a phone can put the lobby on its home screen, and search engines are told which pages are private", async ({
  open,
  room,
}) => {
  const { page } = await open(ROHIT);
  await page.goto("/");
  const manifestAddress = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = await (await page.request.get(manifestAddress ?? "")).json();
  expect(manifest).toMatchObject({ name: "MyChat", start_url: "/", display: "standalone" });
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(src);
    expect(icon.status(), src).toBe(200);
    expect(icon.headers()["content-type"], src).toBe(type);
  }
  expect(await (await page.request.get("/robots.txt")).text()).toContain("Allow: /");
  await expect(page.locator("meta[name=robots]")).toHaveCount(0);
  await page.goto(`/room/${room}`);
  await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex, nofollow");
});

test("a page loads the letters that are on it, and others when they are written", async ({ open }) => {
  const { page } = await open(ROHIT);
  const fonts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "font") fonts.push(/geist_(\w+?)_wght/.exec(request.url())?.[1] ?? request.url());
  });
  await page.goto("/", { waitUntil: "networkidle" });
  expect(fonts).toEqual(["latin"]);
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("Юлия");
  await expect.poll(() => fonts).toEqual(["latin", "cyrillic"]);
  await name.fill("Řehoř");
  await expect.poll(() => fonts).toEqual(["latin", "cyrillic", "latin_ext"]);
});
