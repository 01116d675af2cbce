import type { Locator } from "@playwright/test";
import { arrive, openNumbers } from "./support/call";
import { raiseFirewall } from "./support/firewall";
import { expect, onlyOn, test } from "./support/fixtures";
import { MEERA, RAHUL, RIYA, ROHIT } from "./support/persona";

test.describe("from browser to browser", () => {
  onlyOn("embedded", "on Agora nobody meets anybody but its servers");

  test("a pair that cannot connect says so on both tiles within ten seconds, everyone else reads it, newcomers too, and it goes when they can", async ({
    open,
    room,
    startApp,
  }) => {
    test.setTimeout(120_000);
    const at = await startApp({ env: { EMBEDDED_TOPOLOGY: "direct" } });
    const people = [await open(ROHIT, { at }), await open(RIYA, { at }), await open(RAHUL, { at })] as const;
    const [rohit, riya, rahul] = people;
    const uids = [];
    for (const person of people) uids.push(await arrive(person, room));
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
    const meera = await open(MEERA, { at });
    await meera.enter(room);
    await expect(meera.page.getByText(words)).toBeVisible();
    await meera.expectAccessible();
    await meera.page.getByRole("button", { name: "Dismiss" }).click();
    await expect(meera.page.getByText(words)).toHaveCount(0);
    await expect(riya.page.getByText(words)).toHaveCount(0);

    await lift();
    await expect(rohit.page.getByText(words)).toHaveCount(0, { timeout: 40_000 });
    await riya.expectSees(rahul);
    await at.stop();
  });
});

test("the settings tell in words and numbers how sound and picture come and go, and copy them", {
  tag: ["@core", "@relay"],
}, async ({ open, room, transport, topology }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  const of = await openNumbers(rohit);

  const ofRiya = of(riya.name);
  await expect(ofRiya).toContainText(/Good|Fair/);
  const embedded = topology === "relay" ? "Through this server" : "Direct";
  await expect(ofRiya).toContainText(transport === "agora" ? "Over Agora's network" : embedded);
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
