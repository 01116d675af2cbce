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
  const { page } = await open(ROHIT);
  await page.goto("/");
  const room = page.getByRole("textbox", { name: "Room" });
  const join = page.getByRole("button", { name: "Join", exact: true });
  await join.click();
  await expect(page.getByRole("alert").filter({ hasText: "A room needs a name." })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "A name is needed." })).toBeVisible();
  await expect(room).toBeFocused();

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
  const { page } = await open(ROHIT);
  await page.goto("/room/main%20hall");
  await expect(page).toHaveURL(/\/room\/MAIN-HALL$/);
  for (const link of ["/room/caf%C3%A9", "/room/%E0%A4%A", `/room/${"X".repeat(65)}`]) {
    await page.goto(link);
    await expect(page.getByRole("alert").filter({ hasText: /A room's name/ })).toBeVisible();
    await expect(page.getByRole("link", { name: "Back to the lobby" })).toBeVisible();
  }
});

test("nobody learns of someone before their click, who sees who is there", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.page.goto(`/room/${room}`);
  await expect(riya.page.getByText("In the call: ROHIT")).toBeVisible();
  // The SDK makes a connection to look at what the browser can do; none is offered to anyone.
  const offered = () => window.recordedMedia.connections.filter((connection) => connection.localDescription).length;
  expect(await riya.page.evaluate(offered)).toBe(0);
  await expect(rohit.tiles).toHaveCount(1);
});
