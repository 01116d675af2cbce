import type { Page } from "@playwright/test";
import { Inspector } from "./bench/inspector";
import { nextServerIn } from "./bench/processes";
import type { Participant } from "./participant";
import { arrive, openNumbers } from "./support/call";
import { raiseFirewall } from "./support/firewall";
import { expect, onlyOn, test } from "./support/fixtures";
import { watchGaps } from "./support/gaps";
import { RAHUL, RIYA, ROHIT } from "./support/persona";
import { keepPlayers } from "./support/players";

onlyOn("embedded", "Agora has servers of its own");

const RELAY = /\/api\/rooms\/[^/]+\/relay$/;

/** As a network that lets no UDP through to the server: the addresses at which the page may reach the relay lead nowhere. */
async function closeRelayPort(page: Page): Promise<() => Promise<void>> {
  await page.route(RELAY, async (route) => {
    const response = await route.fetch();
    const answer = await response.text();
    // The discard port: nobody answers there.
    await route.fulfill({ response, body: answer.replace(/(a=candidate:\d+ \d+ udp \d+ \S+) \d+ /g, "$1 9 ") });
  });
  return () => page.unroute(RELAY);
}

/** When the next frame of the other's picture is shown, in Unix milliseconds. */
function nextFrameAt(watcher: Participant, other: Participant): Promise<number> {
  return watcher
    .tileOf(other)
    .locator("video")
    .last()
    .evaluate(
      (video: HTMLVideoElement) => new Promise((resolve) => video.requestVideoFrameCallback(() => resolve(Date.now()))),
    );
}

test.describe("as each room needs", () => {
  test.skip(({ topology }) => topology !== "auto", "the settings leave no choice");

  for (const { rounds, tag } of [
    { rounds: 1, tag: [] },
    { rounds: 10, tag: "@long" },
  ]) {
    test(`two are linked directly, three meet at the server, and two again, ${rounds} times: no picture stops for a second`, {
      tag,
    }, async ({ open, room }) => {
      test.setTimeout(120_000 + rounds * 60_000);
      const rohit = await open(ROHIT, { prepare: keepPlayers });
      const riya = await open(RIYA, { prepare: keepPlayers });
      await rohit.enter(room);
      await riya.enter(room);
      await rohit.expectSees(riya);
      await riya.expectSees(rohit);
      await rohit.expectHears(riya);
      const numbers = await openNumbers(rohit);
      await expect(numbers(riya.name)).toContainText("Direct");
      const take = await watchGaps(rohit, riya);
      const rahul = await open(RAHUL);
      for (let round = 0; round < rounds; round++) {
        // Nobody but the two is to be heard, so that silence is theirs.
        await rahul.enterWithout(round === 0 ? ["Microphone"] : [], room);
        await expect(numbers(riya.name)).toContainText("Through this server");
        await rahul.expectSees(riya);
        await rahul.expectHears(rohit);
        await rohit.expectMoves(riya);
        const up = await take();
        await rahul.leave();
        await expect(numbers(riya.name)).toContainText("Direct");
        await rohit.expectMoves(riya);
        const down = await take();
        test.info().annotations.push({ type: "longest gaps", description: JSON.stringify({ up, down }) });
        for (const { pictureMs, soundMs } of [up, down]) {
          expect(pictureMs).toBeLessThan(1_000);
          expect(soundMs).toBeLessThan(300);
        }
      }
    });
  }

  test("two who can't reach each other meet at the server, and directly when they can", async ({ open, room }) => {
    test.setTimeout(120_000);
    const rohit = await open(ROHIT);
    const riya = await open(RIYA);
    const [rohitsUid, riyasUid] = [await arrive(rohit, room), await arrive(riya, room)];
    await rohit.joinNow();
    const lift = await raiseFirewall({ page: rohit.page, uid: rohitsUid }, { page: riya.page, uid: riyasUid });
    await riya.joinNow();
    await rohit.expectSees(riya);
    await riya.expectSees(rohit);
    await riya.expectHears(rohit);
    const numbers = await openNumbers(rohit);
    await expect(numbers(riya.name)).toContainText("Through this server");
    await lift();
    await expect(numbers(riya.name)).toContainText("Direct", { timeout: 60_000 });
    await rohit.expectSees(riya);
  });

  test("one whose network lets no media through to the server is linked directly, and the others go on through it", async ({
    open,
    room,
  }) => {
    test.setTimeout(120_000);
    const [rohit, riya, rahul] = [await open(ROHIT), await open(RIYA), await open(RAHUL)];
    await closeRelayPort(rahul.page);
    await rohit.enter(room);
    await riya.enter(room);
    await rahul.enter(room);
    await rahul.expectSees(riya);
    await rahul.expectSees(rohit);
    await riya.expectSees(rahul);
    await riya.expectHears(rahul);
    await rohit.expectSees(riya);
    const numbers = await openNumbers(rohit);
    await expect(numbers(riya.name)).toContainText("Through this server");
    await expect(numbers(rahul.name)).toContainText("Direct");
  });
});

test.describe("through the server alone", { tag: "@relay" }, () => {
  test.skip(({ topology }) => topology !== "relay", "there is another way");

  test("one whose network lets no media through is told so, and so are the others; it goes when it does", async ({
    open,
    room,
  }) => {
    test.setTimeout(120_000);
    const [rohit, riya] = [await open(ROHIT), await open(RIYA)];
    await rohit.enter(room);
    const openPort = await closeRelayPort(riya.page);
    await riya.enter(room);
    await expect(riya.tileOf(rohit)).toHaveAttribute("data-state", "unreachable");
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "unreachable");
    await expect(riya.tileOf(rohit)).toContainText("network does not let calls through to this server");
    await riya.expectAccessible();
    await openPort();
    await riya.expectSees(rohit);
    await rohit.expectSees(riya);
  });

  test("the server is killed and comes back: media is back within a second and a half", async ({
    open,
    room,
    startApp,
  }) => {
    test.setTimeout(120_000);
    const first = await startApp({ env: { DATABASE_PATH: test.info().outputPath("restart.db") } });
    const rohit = await open(ROHIT, { at: first, prepare: keepPlayers });
    const riya = await open(RIYA, { at: first, prepare: keepPlayers });
    await rohit.enter(room);
    await riya.enter(room);
    await rohit.expectSees(riya);
    await rohit.expectHears(riya);
    first.kill("SIGKILL");
    await first.exited;
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "reconnecting");
    const nextFrame = nextFrameAt(rohit, riya);
    const second = await startApp({ port: first.port, env: { DATABASE_PATH: first.databasePath } });
    const backAtMs = Date.now();
    try {
      const awayMs = (await nextFrame) - backAtMs;
      test.info().annotations.push({ type: "media back after", description: `${awayMs} ms` });
      expect(awayMs).toBeLessThan(1_500);
      await rohit.expectConnected();
      await rohit.expectSees(riya);
      await riya.expectSees(rohit);
      await riya.expectHears(rohit);
    } finally {
      await second.stop();
    }
  });

  test("the relay's thread dies: another is there at once, media is back within a second and a half, and the call never ended", async ({
    open,
    room,
    startApp,
  }) => {
    test.setTimeout(120_000);
    test.skip(process.platform !== "linux", "finds the server's process in /proc");
    const app = await startApp({ env: Inspector.env });
    const inspector = await Inspector.attach(nextServerIn(app.pid), app);
    try {
      const rohit = await open(ROHIT, { at: app, prepare: keepPlayers });
      const riya = await open(RIYA, { at: app, prepare: keepPlayers });
      await rohit.enter(room);
      await riya.enter(room);
      await rohit.expectSees(riya);
      await rohit.expectHears(riya);
      const take = await watchGaps(rohit, riya);
      await inspector.crashWorker(/relay_worker/);
      await expect.poll(() => app.output()).toContain("thrown by a test");
      await rohit.expectMoves(riya);
      const gaps = await take();
      test.info().annotations.push({ type: "longest gaps", description: JSON.stringify(gaps) });
      expect(gaps.pictureMs).toBeLessThan(1_500);
      expect(gaps.soundMs).toBeLessThan(1_500);
      await rohit.expectHears(riya);
      await riya.expectSees(rohit);
      // The server itself has gone on.
      await rohit.expectConnected();
    } finally {
      inspector.close();
      await app.stop();
    }
  });

  test("more people come than there was room for: all are seen, and nobody's picture stops on the way", {
    tag: "@long",
  }, async ({ open, room, startApp }) => {
    test.setTimeout(180_000);
    const app = await startApp({ env: { EMBEDDED_MAX_MEMBERS: "12" } });
    try {
      const rohit = await open(ROHIT, { at: app, prepare: keepPlayers });
      const riya = await open(RIYA, { at: app });
      await rohit.enter(room);
      await riya.enter(room);
      await rohit.expectSees(riya);
      const take = await watchGaps(rohit, riya);
      const others: Participant[] = [];
      for (let at = 0; at < 5; at++) {
        const other = await open({ ...RAHUL, name: `GUEST ${at}` }, { at: app });
        await other.enterWithout(at < 2 ? ["Microphone"] : ["Microphone", "Camera"], room);
        others.push(other);
      }
      for (const other of others) {
        await expect(rohit.tileOf(other)).toHaveAttribute("data-state", "connected");
        await other.expectSees(riya);
      }
      expect((await take()).pictureMs).toBeLessThan(1_500);
    } finally {
      await app.stop();
    }
  });
});
