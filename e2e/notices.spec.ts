import type { Participant } from "./participant";
import { expect, test } from "./support/fixtures";
import { listenToNotices, noticesHeard, quietMs } from "./support/notice-sounds";
import { RIYA, ROHIT } from "./support/persona";

/** In whole hertz: up for who comes, down for who goes. */
const JOINED = [523, 784];
const LEFT = [784, 523];
const HAND = [659, 659];
const MESSAGE = [1047];

/** Sounds keep this distance. Milliseconds. */
const REST_MS = 1500;

const words = ({ page }: Participant) => page.getByTestId("announcer");

async function write(person: Participant, text: string): Promise<void> {
  await person.page.getByRole("textbox", { name: "Message" }).fill(text);
  await person.page.keyboard.press("Enter");
}

async function turnNotices(person: Participant, switches: Record<string, boolean>): Promise<void> {
  await person.control("Settings").click();
  for (const [name, on] of Object.entries(switches)) {
    await person.page.getByRole("checkbox", { name }).setChecked(on);
  }
  await person.page.keyboard.press("Escape");
}

test("comings, hands, messages and goings are heard and said, until the one or the other is turned off", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT, { prepare: listenToNotices });
  const riya = await open(RIYA);
  const heard = () => noticesHeard(rohit.page);
  const rested = () => expect.poll(() => quietMs(rohit.page)).toBeGreaterThan(REST_MS);
  await rohit.enter(room);
  await riya.enter(room);
  await expect(words(rohit)).toHaveText("RIYA joined");
  await expect.poll(heard).toEqual([JOINED]);

  await rested();
  await riya.control("Raise hand").click();
  await expect(words(rohit)).toHaveText("RIYA raised a hand");
  await expect.poll(heard).toEqual([JOINED, HAND]);

  await rested();
  await riya.control("Chat").click();
  await write(riya, "hello");
  await expect(words(rohit)).toHaveText("RIYA: hello");
  await expect.poll(heard).toEqual([JOINED, HAND, MESSAGE]);

  await rested();
  await turnNotices(rohit, { "Play a quiet tone": false });
  await write(riya, "in silence");
  await expect(words(rohit)).toHaveText("RIYA: in silence");
  await expect(words(rohit)).toBeEmpty();

  await turnNotices(rohit, { "Play a quiet tone": true, "Say it in words": false });
  await write(riya, "unsaid");
  // Each of them once: the one in silence was not heard late either.
  await expect.poll(heard).toEqual([JOINED, HAND, MESSAGE, MESSAGE]);
  await expect(words(rohit)).toBeEmpty();

  await rested();
  await riya.leave();
  await expect.poll(heard).toEqual([JOINED, HAND, MESSAGE, MESSAGE, LEFT]);
  await expect(words(rohit)).toBeEmpty();

  // Another visit finds the switches as they were left.
  await rohit.page.reload();
  await rohit.expectConnected();
  await rohit.control("Settings").click();
  await expect(rohit.page.getByRole("checkbox", { name: "Play a quiet tone" })).toBeChecked();
  await expect(rohit.page.getByRole("checkbox", { name: "Say it in words" })).not.toBeChecked();
});
