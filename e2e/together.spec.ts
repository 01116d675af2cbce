import type { Locator } from "@playwright/test";
import type { Participant } from "./participant";
import { expect, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

const peopleOf = ({ page }: Participant): Locator => page.getByRole("list", { name: "People" }).getByRole("listitem");
const personAt = (watcher: Participant, other: { name: string }): Locator =>
  watcher.page.getByRole("list", { name: "People" }).locator(`[data-name=${JSON.stringify(other.name)}]`);

async function openPeople(person: Participant): Promise<void> {
  await person.control("People").click();
  await expect(person.control("People")).toHaveAttribute("aria-pressed", "true");
}

async function raiseHand(person: Participant): Promise<void> {
  await person.control("Raise hand").click();
  await expect(person.control("Raise hand")).toHaveAttribute("aria-pressed", "true");
}

test("hands keep their order over a reload, on tiles and in the list, until they are lowered", {
  tag: "@core",
}, async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await openPeople(rohit);
  await expect(peopleOf(rohit)).toHaveText([/ROHIT/, /RIYA/]);
  await raiseHand(riya);
  await raiseHand(rohit);
  await expect(peopleOf(rohit)).toHaveText([/RIYA/, /ROHIT/]);
  await expect(rohit.tileOf(riya).getByRole("img", { name: "Hand raised, number 1" })).toBeVisible();
  await expect(riya.tileOf(rohit).getByRole("img", { name: "Hand raised, number 2" })).toBeVisible();
  await rohit.expectAccessible();

  await riya.page.reload();
  await riya.expectConnected();
  await expect(riya.control("Raise hand")).toHaveAttribute("aria-pressed", "true");
  await expect(peopleOf(rohit)).toHaveText([/RIYA/, /ROHIT/]);

  await riya.page.getByTestId("tile").first().click();
  await riya.page.keyboard.press("h");
  await expect(rohit.tileOf(riya).getByTestId("hand")).toHaveCount(0);
  await expect(riya.tileOf(rohit).getByTestId("hand")).toHaveAttribute("data-place", "1");
  await expect(peopleOf(rohit)).toHaveText([/ROHIT/, /RIYA/]);

  // The host, who came first, lowers another's; the other has no such menu.
  await raiseHand(riya);
  await openPeople(riya);
  await expect(riya.page.getByRole("button", { name: "Actions for ROHIT" })).toHaveCount(0);
  await personAt(rohit, riya).getByRole("button", { name: "Actions for RIYA" }).click();
  await rohit.page.getByRole("menuitem", { name: "Lower hand" }).click();
  await expect(riya.control("Raise hand")).toHaveAttribute("aria-pressed", "false");
  await expect(rohit.tileOf(riya).getByTestId("hand")).toHaveCount(0);
  await expect(rohit.tileOf(rohit).getByTestId("hand")).toHaveCount(1);
});

test("the list says how everyone is", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await openPeople(rohit);
  await expect(rohit.page.getByRole("complementary", { name: "People (2)" })).toBeVisible();
  await expect(personAt(rohit, rohit)).toContainText("you");
  await expect(personAt(rohit, riya).getByRole("img", { name: "Microphone on" })).toBeVisible();
  await riya.turn("Microphone", "off");
  await riya.turn("Camera", "off");
  await expect(personAt(rohit, riya).getByRole("img", { name: "Microphone off" })).toBeVisible();
  await expect(personAt(rohit, riya).getByRole("img", { name: "Camera off" })).toBeVisible();
  // A page that goes may be a reload: its person is kept for a moment.
  await riya.page.goto("/");
  await expect(personAt(rohit, riya)).toContainText("Reconnecting…");
  await expect(peopleOf(rohit)).toHaveCount(1);
});

test("a new name is seen by all at once and kept for the next time; two of one name are told apart", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await openPeople(rohit);
  await openPeople(riya);
  await riya.page.getByRole("button", { name: "Change your name" }).click();
  const name = riya.page.getByRole("textbox", { name: "Your name" });
  await expect(name).toBeFocused();
  await name.fill("\u200b");
  await name.press("Enter");
  await expect(riya.page.getByRole("alert").filter({ hasText: "A name is needed." })).toBeVisible();
  await riya.expectAccessible();
  await name.fill("ROHIT");
  await name.press("Enter");
  await expect(riya.page.getByRole("button", { name: "Change your name" })).toBeFocused();
  for (const person of [rohit, riya]) {
    await expect(peopleOf(person)).toHaveText([/ROHIT(?! \(2\))/, /ROHIT \(2\)/]);
    await expect(person.tiles.filter({ hasText: "ROHIT (2)" })).toHaveAttribute("data-name", "ROHIT");
  }
  await rohit.control("Chat").click();
  await riya.control("Chat").click();
  await riya.page.getByRole("textbox", { name: "Message" }).fill("It's me");
  await riya.page.keyboard.press("Enter");
  await expect(rohit.page.getByRole("log")).toContainText("ROHIT (2)");

  await riya.page.reload();
  await riya.expectConnected();
  await expect(rohit.tiles.filter({ hasText: "ROHIT (2)" })).toHaveCount(1);
  await riya.leave();
  await riya.page.goto(`/room/${room}`);
  await expect(riya.page.getByRole("textbox", { name: "Name" })).toHaveValue("ROHIT");
});

test("a reaction floats on its sender's tile for a moment; too many are limited, and that is said once", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await riya.control("Reactions").click();
  const menu = riya.page.getByRole("menu");
  await riya.expectAccessible();
  await menu.getByRole("menuitem", { name: "Celebration" }).click();
  await expect(rohit.tileOf(riya).getByTestId("reaction")).toHaveText("🎉");
  await expect(riya.tileOf(riya).getByTestId("reaction")).toHaveText("🎉");
  await expect(rohit.tileOf(rohit).getByTestId("reaction")).toHaveCount(0);
  await expect(rohit.tileOf(riya).getByTestId("reaction")).toHaveCount(0);

  const clap = menu.getByRole("menuitem", { name: "Applause" });
  // In one go: a busy machine would spread them over more than the five seconds that are counted.
  await clap.evaluate((item: HTMLElement) => {
    for (let n = 0; n < 12; n++) item.click();
  });
  await expect(riya.page.getByRole("listitem").filter({ hasText: "Slow down a little" })).toHaveCount(1);
  await expect(clap).toHaveAttribute("aria-disabled", "true");
  await expect(rohit.tileOf(riya).getByTestId("reaction")).toHaveCount(5);
  await expect(clap).not.toHaveAttribute("aria-disabled", "true");
});
