import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";
import { keepPlayers, playing } from "./support/players";

/**
 * Holds every sound back until the page is clicked, as Safari and Firefox do after a reload. Played: Chromium lets a page play
 * that was clicked before its reload, or films, and takes each look that Playwright has into a page for a click.
 */
async function holdBackSound(page: Page): Promise<void> {
  await keepPlayers(page);
  await page.addInitScript(() => {
    let isClicked = false;
    window.addEventListener("click", () => (isClicked = true), { capture: true });
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      if (isClicked || this.muted) return play.call(this);
      this.pause();
      return Promise.reject(new DOMException("play() failed because nobody has clicked", "NotAllowedError"));
    };
  });
}

test("sound that the browser holds back after a reload is said, and starts with a click", { tag: "@core" }, async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA, { prepare: holdBackSound });
  await rohit.enter(room);
  await riya.enter(room);
  await riya.expectSees(rohit);
  await expect.poll(() => playing(riya.page)).toEqual([true]);

  await riya.page.reload();
  const notice = riya.page.getByRole("alert").filter({ hasText: "holds back the sound until you click" });
  await expect(notice).toBeVisible({ timeout: 30_000 });
  expect(await playing(riya.page)).toEqual([false]);
  await riya.expectAccessible();
  await riya.page.getByRole("button", { name: "Start sound" }).click();
  await expect(notice).toBeHidden();
  await expect.poll(() => playing(riya.page)).toEqual([true]);
});

test("sound that was interrupted goes on by itself when the person is back", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA, { prepare: keepPlayers });
  await rohit.enter(room);
  await riya.enter(room);
  await expect.poll(() => playing(riya.page)).toEqual([true]);
  // What a phone call does to a page: its players are paused by the system.
  await riya.page.evaluate(() => {
    for (const player of (window as unknown as { players: HTMLAudioElement[] }).players) player.pause();
  });
  await expect.poll(() => playing(riya.page)).toEqual([false]);
  await riya.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect.poll(() => playing(riya.page)).toEqual([true]);
});
