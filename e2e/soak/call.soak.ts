import { setTimeout as delay } from "node:timers/promises";
import { Inspector } from "@/e2e/bench/inspector";
import { nextServerIn, residentBytesOf } from "@/e2e/bench/processes";
import { median } from "@/e2e/bench/statistics";
import { expect, test } from "@/e2e/support/fixtures";
import { heldByPage } from "@/e2e/support/held-by-page";
import { RAHUL, RIYA, ROHIT } from "@/e2e/support/persona";
import { keepPlayers } from "@/e2e/support/players";
import { holdClapper, watchClaps } from "./clapper";

const MINUTES = Number(process.env.MINUTES ?? 60);
const A_MINUTE_MS = 60_000;
const MB = 1024 * 1024;
/** Until what is made once has been made; what is held from then on is what counts. */
const FIRST_MINUTES = Math.min(5, Math.ceil(MINUTES / 4));

/** Sound before and after its picture from where viewers find it annoying, in milliseconds (ITU-R BT.1359-1, acceptability). */
const EARLIEST_MS = -90;
const LATEST_MS = 185;

interface Minute {
  /** How far the sound came after its picture: of the claps of this minute the middle one, and those furthest off. */
  clap: { count: number; middleMs: number; earliestMs: number; latestMs: number };
  stays: { heapMb: number; listeners: number; peerConnections: number }[];
  server: { heapMb: number; residentMb: number };
  visits: number;
}

/**
 * Two people stay and a third comes and goes, so that media goes over from the direct way to the relay and back all the time. Each minute:
 * what everyone holds, and how far sound and picture are apart.
 */
test(`a call of ${MINUTES} minutes: nothing grows, and sound and picture stay in step`, async ({ open, startApp }) => {
  test.skip(process.platform !== "linux", "reads the server's memory in /proc");
  test.setTimeout((MINUTES + 10) * A_MINUTE_MS);
  const app = await startApp({ env: Inspector.env });
  const serverPid = nextServerIn(app.pid);
  const inspector = await Inspector.attach(serverPid, app);
  try {
    const rohit = await open(ROHIT, { at: app, prepare: holdClapper });
    const riya = await open(RIYA, { at: app, prepare: keepPlayers });
    await rohit.enter("SOAK");
    await riya.enter("SOAK");
    await rohit.expectSees(riya);
    await rohit.expectHears(riya);
    const takeClaps = await watchClaps(riya, rohit);

    const minutes: Minute[] = [];
    let visits = 0;
    const startedAtMs = Date.now();
    const endAtMs = startedAtMs + MINUTES * A_MINUTE_MS;
    const visit = async () => {
      const rahul = await open(RAHUL, { at: app });
      await rahul.enter("SOAK");
      while (Date.now() < endAtMs) {
        await Promise.all([rahul.expectSees(riya), riya.expectSees(rahul), rohit.expectSees(rahul)]);
        visits++;
        await delay(8_000);
        await rahul.leave();
        await expect(riya.tiles).toHaveCount(2);
        await delay(8_000);
        await rahul.page.getByRole("link", { name: "Rejoin" }).click();
        await rahul.joinNow();
      }
    };
    const note = async () => {
      for (let minute = 1; minute <= MINUTES; minute++) {
        // To read it all takes time of its own.
        await delay(startedAtMs + minute * A_MINUTE_MS - Date.now());
        const offsets = await takeClaps();
        const pages = await Promise.all([rohit, riya].map(({ page }) => heldByPage(page)));
        const { heapUsed } = await inspector.collectedMemory();
        const noted: Minute = {
          clap: {
            count: offsets.length,
            middleMs: Math.round(median(offsets)),
            earliestMs: Math.round(Math.min(...offsets)),
            latestMs: Math.round(Math.max(...offsets)),
          },
          stays: pages.map(({ heapBytes, listeners, peerConnections }) => ({
            heapMb: Number((heapBytes / MB).toFixed(1)),
            listeners,
            peerConnections,
          })),
          server: {
            heapMb: Number((heapUsed / MB).toFixed(1)),
            residentMb: Math.round(residentBytesOf(serverPid) / MB),
          },
          visits,
        };
        minutes.push(noted);
        console.log(minute, JSON.stringify(noted));
      }
    };
    await Promise.all([visit(), note()]);

    for (const [at, { clap }] of minutes.entries()) {
      // There are 30 in a minute; the moments in which a way is changed may cost one.
      expect(clap.count, `minute ${at + 1}`).toBeGreaterThan(20);
      expect(clap.middleMs, `minute ${at + 1}`).toBeGreaterThan(EARLIEST_MS);
      expect(clap.middleMs, `minute ${at + 1}`).toBeLessThan(LATEST_MS);
    }
    const [first, last] = [minutes[FIRST_MINUTES - 1], minutes.at(-1)];
    if (!first || !last) throw new Error("Nothing was measured.");
    const measured = last.visits - first.visits;
    for (const [at, page] of last.stays.entries()) {
      const before = first.stays[at];
      if (!before) throw new Error("There are two who stay.");
      // Of the way they go and of the one they come from, open and just closed, wherever in its visit the third person is.
      expect(page.peerConnections).toBeLessThanOrEqual(6);
      // The browser keeps the source of each sound while the page plays any (e2e/rejoin.spec.ts): a few kilobytes a visit.
      expect(page.heapMb - before.heapMb).toBeLessThan(2 + 0.04 * measured);
    }
    expect(last.server.heapMb - first.server.heapMb).toBeLessThan(4);
    expect(last.server.residentMb - first.server.residentMb).toBeLessThan(48);
  } finally {
    inspector.close();
    await app.stop();
  }
});
