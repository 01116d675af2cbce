import type { Locator } from "@playwright/test";
import type { Participant } from "./participant";
import { raiseFirewall } from "./support/firewall";
import { expect, onlyOn, test } from "./support/fixtures";
import { MEERA, RAHUL, RIYA, ROHIT } from "./support/persona";

/** Opens the room's page, and says which uid its person will have. */
async function arrive({ page }: Participant, room: string): Promise<number> {
  const answer = page.waitForResponse((response) => response.url().endsWith("/api/token"));
  await page.goto(`/room/${room}`);
  const { uid } = await (await answer).json();
  return uid;
}

/** The numbers of the call, as the settings show them. */
async function openNumbers(person: Participant): Promise<(name: string) => Locator> {
  await person.control("Settings").click();
  await person.page.getByRole("button", { name: "Show the numbers" }).click();
  return (name) => person.page.getByRole("article", { name });
}

test.describe("from browser to browser", () => {
  onlyOn("embedded", "on Agora nobody meets anybody but its servers");

  test("a pair that cannot connect says so on both tiles within ten seconds, everyone else reads it, newcomers too, and it goes when they can", async ({
    open,
    room,
  }) => {
    test.setTimeout(120_000);
    const people = [await open(ROHIT), await open(RIYA), await open(RAHUL)] as const;
    const [rohit, riya, rahul] = people;
    const uids = [];
    for (const person of people) {
      uids.push(await arrive(person, room));
      await person.page.getByRole("textbox", { name: "Name" }).fill(person.name);
    }
    await rohit.joinNow();
    await riya.joinNow();
    const [, riyasUid = 0, rahulsUid = 0] = uids;
    const lift = await raiseFirewall({ page: riya.page, uid: riyasUid }, { page: rahul.page, uid: rahulsUid });
    await rahul.joinNow();

    await expect(rahul.tileOf(riya)).toHaveAttribute("data-state", "unreachable", { timeout: 10_000 });
    await expect(riya.tileOf(rahul)).toHaveAttribute("data-state", "unreachable", { timeout: 10_000 });
    await expect(riya.tileOf(rahul)).toContainText("Can't be reached from here: this server has no TURN server");
    await rohit.expectSees(riya);
    await rohit.expectSees(rahul);

    const words = /^(RIYA and RAHUL|RAHUL and RIYA) can't reach each other: this server has no TURN server\.$/;
    await expect(rohit.page.getByText(words)).toBeVisible();
    const meera = await open(MEERA);
    await meera.enter(room);
    await expect(meera.page.getByText(words)).toBeVisible();
    await meera.expectAccessible();
    await meera.page.getByRole("button", { name: "Dismiss" }).click();
    await expect(meera.page.getByText(words)).toHaveCount(0);
    await expect(riya.page.getByText(words)).toHaveCount(0);

    await lift();
    await expect(rohit.page.getByText(words)).toHaveCount(0, { timeout: 40_000 });
    await riya.expectSees(rahul);
  });
});

test("the settings tell in words and numbers how sound and picture come and go, and copy them", {
  tag: "@core",
}, async ({ open, room, transport }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  const of = await openNumbers(rohit);

  const ofRiya = of(riya.name);
  await expect(ofRiya).toContainText(/Good|Fair/);
  await expect(ofRiya).toContainText(transport === "agora" ? "Over Agora's network" : "Direct");
  const cell = (person: Locator, row: string, column: number) =>
    person.getByRole("row", { name: row }).getByRole("cell").nth(column);
  for (const person of [ofRiya, of("You")]) {
    await expect(cell(person, "Bitrate", 0)).toHaveText(/^[1-9]\d* kbit\/s$/);
    await expect(cell(person, "Bitrate", 1)).toHaveText(/^[1-9]\d* kbit\/s$/);
    await expect(cell(person, "Packets lost", 0)).toHaveText(/^\d+(\.\d)? %$/);
    await expect(cell(person, "Size", 1)).toHaveText(/^\d+ × \d+$/);
    await expect(cell(person, "Frames", 1)).toHaveText(/^[1-9]\d* a second$/);
    await expect(cell(person, "Codec", 0)).toHaveText("opus");
    await expect(cell(person, "Codec", 1)).toHaveText("VP8");
  }

  await rohit.page.getByRole("button", { name: "Copy", exact: true }).click();
  const copied = await rohit.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(riya.name);
  expect(copied).toMatch(/Codec: sound opus, picture VP8/);
  expect(copied).not.toMatch(/\d+\.\d+\.\d+\.\d+:|candidate/);
});
