import type { Participant } from "./participant";
import { newAgoraKeys } from "./support/agora-network";
import { expect, onlyOn, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";

onlyOn("agora", "these are about Agora's tokens and what its servers do");

async function uidOf(person: Participant): Promise<number> {
  return Number(await person.uid());
}

/** What the person is told of the call; Next's own announcer of the page's title is an alert as well. */
function alertOf({ page }: Participant) {
  return page.locator("[role=alert]:not(#__next-route-announcer__)").filter({ hasText: /\S/ });
}

/** Clicks `Join now` and does not wait for a call that will not come about. */
async function tryToJoin({ page, name }: Participant, room: string): Promise<void> {
  await page.goto(`/room/${room}`);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Join now" }).click();
}

/**
 * Every state that the sign of the connection shows from now on: one may be over before a test looks.
 *
 * @returns what has been seen so far
 */
async function connectionStatesFromNow({ page }: Participant): Promise<() => Promise<string[]>> {
  const record = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const look = () => {
      const state = document.querySelector("[data-testid=connection]")?.getAttribute("data-state");
      if (state && seen.at(-1) !== state) seen.push(state);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    return seen;
  });
  return () => record.jsonValue();
}

test.describe("tokens", () => {
  test("a token is renewed before its end, again and again, and nobody notices", async ({
    open,
    room,
    startApp,
    agora,
  }) => {
    test.setTimeout(150_000);
    const app = await startApp({ env: { TOKEN_TTL_SECONDS: "40" } });
    try {
      const rohit = await open(ROHIT, { at: app });
      const riya = await open(RIYA, { at: app });
      await rohit.enter(room);
      await riya.enter(room);
      await riya.expectSees(rohit);
      const uids = [await uidOf(rohit), await uidOf(riya)];
      // Two renewals of half a life each: the first token has ended by then.
      for (const uid of uids) {
        await expect.poll(() => agora.renewals(uid), { timeout: 90_000 }).toBeGreaterThanOrEqual(2);
      }
      await riya.expectMoves(rohit);
      await rohit.expectMoves(riya);
      expect(agora.uidsIn(room)).toEqual(uids);
      await expect(alertOf(rohit)).toHaveCount(0);
    } finally {
      await app.stop();
    }
  });

  test("a token that ended first: a fresh one, in again and published again, seen as reconnecting and not an error", {
    tag: "@core",
  }, async ({ open, room, agora }) => {
    const rohit = await open(ROHIT);
    const riya = await open(RIYA);
    await rohit.enter(room);
    await riya.enter(room);
    await rohit.expectSees(riya);

    const states = await connectionStatesFromNow(riya);
    agora.expireToken(await uidOf(riya));
    await expect.poll(() => states()).toContain("reconnecting");
    await riya.expectConnected();
    await expect(rohit.tiles).toHaveCount(2);
    await rohit.expectSees(riya);
    await rohit.expectHears(riya);
    await riya.expectSees(rohit);
    await expect(alertOf(riya)).toHaveCount(0);
  });
});

test.describe("refusals", () => {
  test("a token that Agora refuses is said, to the one who runs the server too, and tried again on request", {
    tag: "@core",
  }, async ({ open, room, agora, app }) => {
    agora.orders.refuseWith = 2_010_009;
    const rohit = await open(ROHIT);
    await tryToJoin(rohit, room);
    await expect(alertOf(rohit)).toContainText("does not take this server's keys");
    await expect.poll(() => app.output()).toContain("Compare AGORA_APP_CERTIFICATE");
    agora.orders.refuseWith = null;
    await rohit.page.getByRole("button", { name: "Try again" }).click();
    await rohit.expectConnected();
  });

  test("an app id that Agora does not know is said", async ({ open, room, startApp }) => {
    const app = await startApp({ env: { AGORA_APP_ID: newAgoraKeys().appId } });
    try {
      const rohit = await open(ROHIT, { at: app });
      await tryToJoin(rohit, room);
      await expect(alertOf(rohit)).toContainText("does not know this server's app");
      await expect.poll(() => app.output()).toContain("Compare AGORA_APP_ID");
    } finally {
      await app.stop();
    }
  });

  // The SDK tries for minutes without a word: the app says it.
  test("an Agora that cannot be reached is said, and the call comes about when it can", async ({
    open,
    room,
    agora,
    app,
  }) => {
    test.setTimeout(150_000);
    agora.orders.isSignallingDown = true;
    const rohit = await open(ROHIT);
    await tryToJoin(rohit, room);
    await expect(alertOf(rohit)).toContainText("can't be reached yet", { timeout: 60_000 });
    await expect.poll(() => app.output()).toContain("can't reach Agora's network");
    agora.orders.isSignallingDown = false;
    await rohit.page.getByRole("button", { name: "Try again" }).click();
    await rohit.expectConnected();
  });

  test("a uid that Agora bans, as when it joins elsewhere, is told so and does not come back by itself", async ({
    open,
    room,
    agora,
  }) => {
    const rohit = await open(ROHIT);
    const riya = await open(RIYA);
    await rohit.enter(room);
    await riya.enter(room);
    await rohit.expectSees(riya);
    agora.ban(await uidOf(riya));
    await expect(riya.page.getByRole("heading", { name: "Opened elsewhere" })).toBeVisible();
    await expect.poll(() => agora.uidsIn(room)).toEqual([await uidOf(rohit)]);
  });
});

test.describe("outages", () => {
  test("a cut signalling connection is made anew; the pictures never stop", async ({ open, room, agora }) => {
    const rohit = await open(ROHIT);
    const riya = await open(RIYA);
    await rohit.enter(room);
    await riya.enter(room);
    await rohit.expectSees(riya);
    await riya.expectSees(rohit);

    agora.orders.isSignallingDown = true;
    agora.cutSignalling(null);
    await expect(rohit.page.getByTestId("connection")).toHaveAttribute("data-state", "reconnecting");
    await rohit.expectMoves(riya);
    agora.orders.isSignallingDown = false;
    await rohit.expectConnected();
    await riya.expectConnected();
    await riya.turn("Microphone", "off");
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-audio", "off");
  });

  test("media that is lost for a while comes back by itself", async ({ open, room, agora }) => {
    test.setTimeout(150_000);
    const rohit = await open(ROHIT);
    const riya = await open(RIYA);
    await rohit.enter(room);
    await riya.enter(room);
    await rohit.expectSees(riya);
    await riya.expectSees(rohit);

    agora.orders.mediaDownFor = new Set([await uidOf(rohit)]);
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "reconnecting", { timeout: 30_000 });
    agora.orders.mediaDownFor = new Set();
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "connected", { timeout: 60_000 });
    await rohit.expectMoves(riya);
    await riya.expectMoves(rohit);
  });
});
