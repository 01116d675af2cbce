import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

/** All that screen readers were told of who came and left, from here on. */
async function listenToAnnouncer(page: Page): Promise<() => Promise<string[]>> {
  const announcer = await page.getByTestId("announcer").elementHandle();
  const said = await page.evaluateHandle((element) => {
    const words: string[] = [];
    new MutationObserver(() => element?.textContent && words.push(element.textContent)).observe(element as Node, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return words;
  }, announcer);
  return () => said.jsonValue();
}

test("who comes and who leaves is announced, and a reload is not", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const said = await listenToAnnouncer(rohit.page);
  const riya = await open(RIYA);
  await riya.enter(room);
  await expect.poll(said).toEqual(["RIYA joined"]);
  await riya.page.reload();
  await riya.expectConnected();
  await rohit.expectSees(riya);
  await riya.leave();
  await expect.poll(said).toEqual(["RIYA joined", "RIYA left"]);
});

test("on the narrowest screen and at twice the text size, nothing is cut off and everything can be pressed", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const { page } = rohit;
  // 320 CSS pixels: a desktop window at 400 % (WCAG 1.4.10); 640 x 380: at 200 %; the last: a phone held sideways.
  for (const size of [
    { width: 320, height: 640 },
    { width: 640, height: 380 },
    { width: 844, height: 390 },
  ]) {
    await page.setViewportSize(size);
    await expectToFit(page);
    await rohit.expectAccessible();
  }
  await rohit.leave();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectToFit(page);
  await page.goto(`/room/${room}`);
  await expect(page.getByRole("button", { name: "Join now" })).toBeVisible();
  await expectToFit(page);
});

/** Nothing is wider than the window, and every button in it is whole, in sight when scrolled to, and large enough. */
async function expectToFit(page: Page): Promise<void> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  for (const button of await page.getByRole("button").all()) {
    // Sideways nothing is scrolled to: what hides its overflow can be scrolled by a script and by nobody else.
    const unscrolled = await button.boundingBox();
    await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    const name = await button.evaluate((element) => element.getAttribute("aria-label") ?? element.textContent);
    expect(box, name ?? "").not.toBeNull();
    if (!(box && unscrolled)) continue;
    expect(Math.min(box.width, box.height), `${name} is large enough`).toBeGreaterThanOrEqual(24);
    expect(unscrolled.x, `${name} is in sight`).toBeGreaterThanOrEqual(0);
    expect(unscrolled.x + unscrolled.width, `${name} is in sight`).toBeLessThanOrEqual(width);
    expect(box.y + box.height, `${name} is in sight`).toBeLessThanOrEqual(height);
  }
}

test("the focus stays in the call when what had it goes away", async ({ open, room }) => {
  const rohit = await open(ROHIT, { devices: "no-camera" });
  await rohit.page.goto(`/room/${room}`);
  await rohit.page.getByRole("textbox", { name: "Name" }).fill(rohit.name);
  await rohit.joinNow();
  const dismiss = rohit.page.getByRole("button", { name: "Dismiss" });
  await dismiss.focus();
  await rohit.page.keyboard.press("Enter");
  await expect(dismiss).toBeHidden();
  expect(await rohit.page.evaluate(() => document.activeElement?.contains(document.querySelector("main")))).toBe(true);
  expect(await rohit.page.evaluate(() => document.activeElement === document.body)).toBe(false);
});
