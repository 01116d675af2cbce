import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

test("a phone opens the address that start:https printed, and is in a call with the computer", async ({
  open,
  room,
  startApp,
}) => {
  const app = await startApp({ isHttps: true });
  try {
    const [printed = ""] = /https:\/\/\S+/.exec(app.output()) ?? [];
    const rohit = await open(ROHIT, { at: app });
    const riya = await open(RIYA, { at: app, isPhone: true });
    await rohit.enter(room);
    await riya.page.goto(`${printed}/room/${room}`);
    expect(await riya.page.evaluate(() => window.isSecureContext)).toBe(true);
    await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
    await riya.joinNow();
    await riya.expectSees(rohit);
    await rohit.expectSees(riya);
    await rohit.expectHears(riya);
    await riya.leave();

    // By a name that others can open, too.
    const named = { ...app, url: `https://mychat.test:${app.port}` };
    const phone = await open(RIYA, {
      at: named,
      isPhone: true,
      hostRules: "MAP mychat.test 127.0.0.1",
      prepare: stageShareSheet,
    });
    await phone.follow(`/room/${room}`);
    await phone.control("More").click();
    await phone.control("Copy link").click();
    await phone.page.getByRole("button", { name: "Share", exact: true }).click();
    const url = `${named.url}/room/${room}`;
    expect(await phone.page.evaluate(() => navigator.clipboard.readText())).toBe(url);
    expect(await phone.page.evaluate(() => window.sharedLinks)).toEqual([
      { title: expect.stringContaining(room), url },
    ]);
    await phone.expectAccessible();
  } finally {
    await app.stop();
  }
});

declare global {
  interface Window {
    readonly sharedLinks: ShareData[];
  }
}

/** Headless browsers have no sheet: what the page gives to it is kept. */
async function stageShareSheet(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shared: ShareData[] = [];
    Object.defineProperty(window, "sharedLinks", { value: shared });
    navigator.canShare = (data) => data?.url !== undefined;
    navigator.share = async (data = {}) => void shared.push(data);
  });
}
