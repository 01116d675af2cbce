import type { Page } from "@playwright/test";
import Sqlite from "better-sqlite3";
import { Inspector } from "./bench/inspector";
import { nextServerIn, residentBytesOf } from "./bench/processes";
import { expect, onlyOn, test } from "./support/fixtures";
import { type HeldByPage, heldByPage } from "./support/held-by-page";
import { RIYA, ROHIT } from "./support/persona";

onlyOn("embedded", "what Agora's client holds on to is its own; e2e/conformance plays leave and rejoin on it");

/** Rounds after which all that is made once has been made. */
const FIRST_ROUNDS = 3;

const KB = 1024;

interface Held {
  stays: HeldByPage;
  comes: HeldByPage;
  server: { heapBytes: number; residentBytes: number };
  rows: Record<string, number>;
}

function rowsOf(databasePath: string): Record<string, number> {
  const reader = new Sqlite(databasePath, { readonly: true });
  const tables = ["members", "sessions", "messages", "revocations", "departures"];
  const counts = tables.map((table) => [table, reader.prepare(`select count(*) from ${table}`).pluck().get()]);
  reader.close();
  return Object.fromEntries(counts);
}

/**
 * The SDK has a clock for each call of its own API, which holds on to the callers for a minute, whatever becomes of the call: here
 * for a tenth of a second. And it asks what plays a video for its size every half a second until that has one: here every ten
 * seconds, so that everyone has joined by then, as one does who is quick.
 */
async function changeClocks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const original = window.setTimeout.bind(window);
    const changed = (handler: TimerHandler, ms: number) => {
      if (ms === 60_000) return 100;
      return String(handler).includes("videoWidth") ? 10_000 : ms;
    };
    const set = (handler: TimerHandler, ms = 0, ...args: unknown[]) => original(handler, changed(handler, ms), ...args);
    window.setTimeout = set as typeof window.setTimeout;
  });
}

for (const { rounds, tag } of [
  { rounds: 6, tag: [] },
  { rounds: 50, tag: "@long" },
]) {
  test(`someone leaves and rejoins ${rounds} times: seen and heard each time, and what is over is let go of`, {
    tag,
  }, async ({ open, room, startApp }) => {
    test.skip(process.platform !== "linux", "reads the server's memory in /proc");
    test.setTimeout(120_000 + rounds * 10_000);
    const app = await startApp({ env: Inspector.env });
    const serverPid = nextServerIn(app.pid);
    const inspector = await Inspector.attach(serverPid, app);
    try {
      const rohit = await open(ROHIT, { at: app, prepare: changeClocks });
      const riya = await open(RIYA, { at: app, prepare: changeClocks });
      await rohit.enter(room);
      await riya.enter(room);
      const expectMet = () =>
        Promise.all([rohit.expectSees(riya), riya.expectSees(rohit), rohit.expectHears(riya), riya.expectHears(rohit)]);
      await expectMet();

      const hold = async (): Promise<Held> => ({
        stays: await heldByPage(rohit.page),
        comes: await heldByPage(riya.page),
        server: {
          heapBytes: (await inspector.collectedMemory()).heapUsed,
          residentBytes: residentBytesOf(serverPid),
        },
        rows: rowsOf(app.databasePath),
      });
      const held: Held[] = [];
      for (let round = 1; round <= rounds; round++) {
        await riya.leave();
        await expect(rohit.tiles).toHaveCount(1);
        await riya.page.getByRole("link", { name: "Rejoin" }).click();
        await riya.joinNow();
        await expectMet();
        if (round === FIRST_ROUNDS || round % 5 === 0 || round === rounds) held.push(await hold());
      }
      test.info().annotations.push({ type: "held", description: JSON.stringify(held) });

      const [first, last] = [held[0], held.at(-1)];
      if (!first || !last) throw new Error("Nothing was measured.");
      const measuredRounds = rounds - FIRST_ROUNDS;
      for (const page of ["stays", "comes"] as const) {
        // Theirs, and at most the one before it.
        expect(last[page].peerConnections, page).toBeLessThanOrEqual(2);
        // The browser keeps the source node of each sound, and by it the SDK's closed track: some three listeners a round, little enough
        // for thousands of them. The page before joining, which must not be kept, has nine.
        expect(last[page].listeners - first[page].listeners, page).toBeLessThan(8 * measuredRounds);
        expect(last[page].heapBytes - first[page].heapBytes, page).toBeLessThan((1_024 + 40 * measuredRounds) * KB);
      }
      expect(last.server.heapBytes - first.server.heapBytes).toBeLessThan(4_096 * KB);
      expect(last.server.residentBytes - first.server.residentBytes).toBeLessThan(32_768 * KB);
      // Who has gone may come back under the same uid for ten minutes; then that is forgotten, too.
      expect(last.rows).toEqual({ members: 2, sessions: 1, messages: 0, revocations: 0, departures: rounds });
    } finally {
      inspector.close();
      await app.stop();
    }
  });
}
