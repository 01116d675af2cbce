import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

test("a refused permission is said, and the person joins all the same", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA, { isRaw: true, permission: "denied" });
  await riya.page.goto(`/room/${room}`);
  await expect(riya.page.getByRole("alert").filter({ hasText: "refused the camera and the microphone" })).toBeVisible();
  await expect(riya.page.getByRole("button", { name: "Camera" })).toHaveAttribute("aria-pressed", "false");
  await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
  await riya.joinNow();
  await riya.expectSees(rohit);
  await riya.expectHears(rohit);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "connected");
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
});

test("without any devices one joins, sees and hears", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA, { isRaw: true, devices: "none" });
  await riya.page.goto(`/room/${room}`);
  await expect(
    riya.page.getByRole("alert").filter({ hasText: "No camera and no microphone were found" }),
  ).toBeVisible();
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
  await expect(riya.page.getByRole("alert").filter({ hasText: "No camera was found" })).toBeVisible();
  await expect(riya.page.getByRole("button", { name: "Microphone" })).toHaveAttribute("aria-pressed", "true");
  await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
  await riya.joinNow();
  await rohit.expectHears(riya);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
});
