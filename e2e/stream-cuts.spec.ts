import { messagesOf, openChat, write } from "./support/chat";
import { startCuttingProxy } from "./support/cutting-proxy";
import { expect, test } from "./support/fixtures";
import { MEERA, RAHUL, RIYA, ROHIT } from "./support/persona";
import { recordScreen } from "./support/screen-record";

test("a page whose stream is cut again and again misses nothing, sees nothing twice and all in order", async ({
  app,
  open,
  room,
}) => {
  test.setTimeout(120_000);
  const proxy = await startCuttingProxy(app.url);
  try {
    const rohit = await open(ROHIT);
    const riya = await open(RIYA, { at: { ...app, url: proxy.url } });
    await rohit.enter(room);
    await riya.page.goto(`/room/${room}`);
    await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
    await riya.page.getByRole("button", { name: "Join now" }).click();
    // Not until she is called connected: with every cut she is not, which may be whenever one looks.
    await expect(riya.tileOf(rohit)).toBeVisible();
    await expect(rohit.tileOf(riya)).toBeVisible();
    await openChat(rohit);
    await openChat(riya);
    const seen = await recordScreen(riya);

    const [rahul, meera] = [await open(RAHUL), await open(MEERA)];
    await rahul.enterWithout(["Microphone", "Camera"], room);
    await openChat(rahul);
    const said: string[] = [];
    const say = async (person: typeof rohit, text: string) => {
      await write(person, text);
      said.push(text);
      await expect(messagesOf(rohit)).toHaveText(said);
    };
    for (let n = 1; n <= 4; n++) {
      await say(rohit, `${n}, says Rohit`);
      await say(rahul, `${n}, says Rahul`);
    }
    await rohit.turn("Microphone", "off");
    await rahul.control("Raise hand").click();
    await meera.enterWithout(["Microphone", "Camera"], room);
    await say(riya, "Riya herself");
    // Before she is there three are as well.
    await expect(riya.tileOf(meera)).toBeVisible();
    await rahul.leave();
    // Two that leave while the stream is cut are gone in one picture: what is looked at below is their order.
    await expect(riya.tiles).toHaveCount(3);
    await meera.leave();
    await say(rohit, "The end");

    await expect(messagesOf(riya)).toHaveText(said);
    await expect(riya.tiles).toHaveCount(2);
    await expect(riya.tileOf(rohit)).toHaveAttribute("data-audio", "off");
    test.info().annotations.push({ type: "cuts", description: JSON.stringify(proxy.cuts) });
    expect(proxy.cuts.length).toBeGreaterThan(10);
    expect(proxy.cuts.filter(({ isWithinEvent }) => isWithinEvent).length).toBeGreaterThan(3);
    // Who came and went did so once, in that order, and nobody else was ever missing.
    const rosters = (await seen()).map(({ tiles }) => Object.keys(tiles).sort().join());
    expect(rosters.filter((roster, at) => roster !== rosters[at - 1])).toEqual([
      "RIYA,ROHIT",
      "RAHUL,RIYA,ROHIT",
      "MEERA,RAHUL,RIYA,ROHIT",
      "MEERA,RIYA,ROHIT",
      "RIYA,ROHIT",
    ]);

    proxy.mend();
    await riya.expectConnected();
    await riya.expectSees(rohit);
    await rohit.expectSees(riya);
    await expect(messagesOf(riya)).toHaveText(said);
  } finally {
    await proxy.stop();
  }
});
