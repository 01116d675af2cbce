import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { ROHIT } from "./support/persona";

/** Words that are in one file each: of what opens by a click, and of what draws toasts. */
const PARTS = "They wait while you type";
const TOASTER = "Close toast";

/** Has the file with these words wait for an answer: whether it may arrive. */
async function withhold(page: Page, words: string, mayArrive: () => boolean | Promise<boolean>): Promise<void> {
  await page.route(/\/_next\/static\/.*\.js$/, async (route) => {
    const response = await route.fetch();
    const isMeant = (await response.text()).includes(words);
    await (isMeant && !(await mayArrive()) ? route.abort() : route.fulfill({ response }));
  });
}

/** @returns lets it arrive */
async function holdBackParts(page: Page): Promise<() => void> {
  let arrive: (mayArrive: true) => void;
  const arrival = new Promise<true>((resolve) => {
    arrive = resolve;
  });
  await withhold(page, PARTS, () => arrival);
  return () => arrive(true);
}

test("what a click opens is there before the click, and opens without any network", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  // The button that has the dialog with it.
  await expect(rohit.control("Settings")).toHaveAttribute("data-state", "closed");
  await rohit.context.setOffline(true);
  await rohit.control("Settings").click();
  await expect(rohit.page.getByRole("dialog", { name: "Settings" })).toBeVisible();
  await rohit.page.keyboard.press("Escape");
  await rohit.control("Chat").click();
  await expect(rohit.page.getByRole("textbox", { name: "Message" })).toBeFocused();
});

test("a button that is clicked before its menu is there opens it when it comes", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const { page } = rohit;
  const arrive = await holdBackParts(page);
  await rohit.enter(room);
  await rohit.control("Reactions").click();
  await expect(page.getByRole("menu")).toHaveCount(0);
  arrive();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(rohit.control("Reactions")).toBeFocused();
});

test("the focus stays on a button that its dialog takes the place of", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const { page } = rohit;
  const arrive = await holdBackParts(page);
  await rohit.enter(room);
  await rohit.control("Settings").focus();
  await expect(rohit.control("Settings")).toBeFocused();
  arrive();
  await expect(rohit.control("Settings")).toHaveAttribute("data-state", "closed");
  await expect(rohit.control("Settings")).toBeFocused();
});

test("what cannot be loaded says so, and opens when it can be", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const { page } = rohit;
  let isCut = true;
  await withhold(page, PARTS, () => !isCut);
  // The page itself tries once, too, when it is idle, which may be just after the cut is over: here it never is.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await rohit.enter(room);
  await rohit.control("Settings").click();
  const problem = page.getByRole("alert").filter({ hasText: "This could not be loaded." });
  await expect(problem).toBeVisible();
  await rohit.expectAccessible();
  isCut = false;
  await problem.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
  await expect(problem).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(rohit.control("Settings")).toBeFocused();
});

test("a notice whose drawing cannot be loaded is said all the same", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const { page } = rohit;
  await withhold(page, TOASTER, () => false);
  await rohit.enter(room);
  await rohit.control("Copy link").click();
  const note = page.getByRole("region", { name: "Notices" }).getByText("it works on this computer only");
  await expect(note).toBeVisible();
  await rohit.expectAccessible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(note).toBeHidden();
});
