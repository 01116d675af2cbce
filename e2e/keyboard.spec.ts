import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

/** Takes the focus off every button, as a click on a tile does. */
async function focusNothing(page: Page): Promise<void> {
  await page.getByTestId("tile").first().click();
}

test("m and v turn microphone and camera, ? lists the keys, and space talks while it is held", {
  tag: "@core",
}, async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await riya.enter(room);
  await rohit.enter(room);
  await riya.expectHears(rohit);
  const { page } = rohit;
  const microphone = rohit.control("Microphone");
  await focusNothing(page);

  await page.keyboard.press("m");
  await expect(microphone).toHaveAttribute("aria-pressed", "false");
  await expect(riya.tileOf(rohit)).toHaveAttribute("data-audio", "off");
  await page.keyboard.press("v");
  await expect(rohit.control("Camera")).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("v");
  await expect(rohit.control("Camera")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Control+m");
  await expect(microphone).toHaveAttribute("aria-pressed", "false");

  await page.keyboard.down("Space");
  await expect(microphone).toHaveAttribute("aria-pressed", "true");
  await riya.expectHears(rohit);
  await page.keyboard.up("Space");
  await expect(microphone).toHaveAttribute("aria-pressed", "false");
  await riya.expectSilence(rohit);
  await page.keyboard.down("Space");
  await expect(microphone).toHaveAttribute("aria-pressed", "true");
  // Another window takes the keyboard, and with it the key's release.
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await expect(microphone).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.up("Space");

  await microphone.focus();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(list).toContainText("Hold to talk while muted");
  await rohit.expectAccessible();
  await page.keyboard.press("m");
  await expect(list).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(microphone).toBeFocused();
  await expect(microphone).toHaveAttribute("aria-pressed", "false");
});

test("letters typed into a field are letters, and space presses the button that has the focus", async ({
  open,
  room,
}) => {
  const { page } = await open(ROHIT);
  await page.goto(`/room/${room}`);
  const microphone = page.getByRole("button", { name: "Microphone" });
  await expect(microphone).toHaveAttribute("aria-pressed", "true");
  const name = page.getByRole("textbox", { name: "Name" });
  await name.pressSequentially("mavim ?");
  await expect(name).toHaveValue("mavim ?");
  await expect(microphone).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("button", { name: "Camera" })).toHaveAttribute("aria-pressed", "true");
  await microphone.focus();
  await page.keyboard.press("Space");
  await expect(microphone).toHaveAttribute("aria-pressed", "false");
});

test("the keys can be turned off in the settings, and stay off", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const { page } = rohit;
  await rohit.control("Settings").click();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await rohit.expectAccessible();
  await page.keyboard.press("Escape");
  await expect(rohit.control("Settings")).toBeFocused();
  await page.reload();
  await rohit.expectConnected();
  await focusNothing(page);
  await page.keyboard.press("?");
  await page.keyboard.press("m");
  await rohit.turn("Camera", "off");
  await expect(rohit.control("Microphone")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a call by keyboard alone: in, along the controls, out, and back, with the focus never lost", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const { page } = rohit;
  const { keyboard } = page;
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Join", exact: true })).toBeEnabled();
  await keyboard.press("Tab");
  await keyboard.type(room);
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.type(rohit.name);
  await keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Join now" })).toBeFocused();
  await keyboard.press("Enter");
  await rohit.expectConnected();
  await expect(page.getByRole("heading", { name: room })).toBeFocused();

  const controls = page.getByRole("toolbar", { name: "Call controls" });
  for (let stops = 0; stops < 10 && (await controls.locator(":focus").count()) === 0; stops++)
    await keyboard.press("Tab");
  await expect(rohit.control("Microphone")).toBeFocused();
  await keyboard.press("ArrowRight");
  await expect(rohit.control("Camera")).toBeFocused();
  await keyboard.press("End");
  await expect(rohit.control("Leave")).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByText(`You left ${room}`)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Rejoin" })).toBeFocused();
});
