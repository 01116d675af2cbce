import type { Participant } from "./participant";
import { newAgoraKeys } from "./support/agora-network";
import { expect, onlyOn, test } from "./support/fixtures";
import { RAHUL, RIYA, ROHIT } from "./support/persona";

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

/**
 * What the page says of everyone from now on, each thing once: the sign of the connection, who is there under which uid,
 * and the state of each tile.
 *
 * @returns what has been seen so far
 */
async function whatIsSaidFromNow({ page }: Participant): Promise<() => Promise<string[]>> {
  const record = await page.evaluateHandle(() => {
    const seen = new Set<string>();
    const look = () => {
      const tiles = [...document.querySelectorAll<HTMLElement>("[data-testid=tile]")].map(({ dataset }) => dataset);
      seen.add(`connection ${document.querySelector<HTMLElement>("[data-testid=connection]")?.dataset.state}`);
      seen.add(
        tiles
          .map(({ uid, name }) => `${uid} ${name}`)
          .toSorted()
          .join(", "),
      );
      for (const { name, state } of tiles) seen.add(`${name} ${state}`);
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    return seen;
  });
  return () => record.evaluate((seen) => [...seen].toSorted());
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

test("three people for three minutes, on tokens of one: right pictures and names throughout, nobody dropped, each renewed", {
  tag: "@long",
}, async ({ open, room, startApp, agora }) => {
  test.setTimeout(360_000);
  const app = await startApp({ env: { TOKEN_TTL_SECONDS: "60" } });
  try {
    const people: Participant[] = [];
    for (const persona of [ROHIT, RIYA, RAHUL]) people.push(await open(persona, { at: app }));
    for (const person of people) await person.enter(room);
    const everyoneSeesEveryone = async () => {
      for (const person of people) {
        await expect(person.tiles).toHaveCount(3);
        for (const other of people) if (other !== person) await person.expectSees(other);
      }
    };
    await everyoneSeesEveryone();

    const uids = await Promise.all(people.map(uidOf));
    const said = await Promise.all(people.map(whatIsSaidFromNow));
    const endsAtMs = Date.now() + 180_000;
    let rounds = 0;
    for (; Date.now() < endsAtMs; rounds++) await everyoneSeesEveryone();

    const names = people.map(({ name }) => name);
    const present = names.map((name, index) => `${uids[index]} ${name}`).toSorted();
    const calm = ["connection connected", present.join(", "), ...names.map((name) => `${name} connected`)].toSorted();
    for (const seen of said) expect(await seen()).toEqual(calm);
    for (const person of people) await expect(alertOf(person)).toHaveCount(0);
    expect(agora.uidsIn(room)).toEqual(uids);
    const renewals = uids.map((uid) => agora.renewals(uid));
    // Each lived through the end of three tokens.
    for (const count of renewals) expect(count).toBeGreaterThanOrEqual(5);
    console.log(`${rounds} rounds of six pictures; renewals ${renewals.join(", ")}`);
  } finally {
    await app.stop();
  }
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
    await rohit.expectAccessible();
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

test.describe("dual stream", () => {
  test("a picture that is drawn small is received small, and large again when it is drawn so", async ({
    open,
    room,
  }) => {
    const rohit = await open(ROHIT);
    // The browser's own camera films larger than the small stream is.
    const riya = await open(RIYA, { isRaw: true });
    await rohit.enter(room);
    await riya.enter(room);
    const picture = rohit.tileOf(riya).locator("video").last();
    const width = () => picture.evaluate((video: HTMLVideoElement) => video.videoWidth);
    await expect.poll(width).toBeGreaterThan(320);
    await rohit.page.setViewportSize({ width: 390, height: 300 });
    await expect.poll(width).toBeLessThanOrEqual(320);
    await rohit.expectMoves(riya);
    await rohit.page.setViewportSize({ width: 1280, height: 760 });
    await expect.poll(width).toBeGreaterThan(320);
    await rohit.expectMoves(riya);
  });

  test("a downlink too weak for pictures keeps the sound, and gets the pictures again", async ({
    open,
    room,
    agora,
  }) => {
    const rohit = await open(ROHIT);
    const riya = await open(RIYA);
    await rohit.enter(room);
    await riya.enter(room);
    await rohit.expectSees(riya);
    agora.weakenDownlink(await uidOf(rohit), true);
    await expect.poll(() => framesInASecond(rohit, riya)).toBe(0);
    await rohit.expectHears(riya);
    expect(await framesInASecond(riya, rohit)).toBeGreaterThan(0);
    agora.weakenDownlink(await uidOf(rohit), false);
    await rohit.expectSees(riya);
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "connected");
  });
});

/** How many frames of another's picture are shown within a second. */
function framesInASecond(person: Participant, other: Participant): Promise<number> {
  const picture = person.tileOf(other).locator("video").last();
  return picture.evaluate(async (video: HTMLVideoElement) => {
    const shown = () => video.getVideoPlaybackQuality().totalVideoFrames;
    const before = shown();
    const untilMs = performance.now() + 1000;
    while (performance.now() < untilMs) await new Promise((resolve) => requestAnimationFrame(resolve));
    return shown() - before;
  });
}
