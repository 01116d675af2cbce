import { setTimeout as delay } from "node:timers/promises";
import type { Participant } from "./participant";
import { messagesOf, openChat, write } from "./support/chat";
import { expect, onlyOn, test } from "./support/fixtures";
import { RIYA, ROHIT } from "./support/persona";
import { recordScreen } from "./support/screen-record";
import { stopProcesses } from "./support/stopped-processes";

onlyOn(
  "embedded",
  "how media outlives an outage there is for Agora's client to say: e2e/agora.spec.ts, e2e/conformance",
);

/** What befalls one person's tab, computer or network while the others go on. Nobody reloads anything. */

/** Longer than the server waits for an answer to its ping, with what it takes to be seen. */
const GONE_MS = 20_000;

test.beforeEach(() => test.setTimeout(150_000));

/** Her seat's token, as it is kept for a reload. */
function tokenOf({ page }: Participant, room: string): Promise<string> {
  return page.evaluate((key) => JSON.parse(sessionStorage.getItem(key) ?? "{}").token, `mychat:seat:${room}`);
}

/** When her page was loaded: another one after a reload. */
function loadedAt({ page }: Participant): Promise<number> {
  return page.evaluate(() => performance.timeOrigin);
}

/** Two people in a call with the chat open, both seen and heard; and what is to be so again afterwards. */
async function meet(rohit: Participant, riya: Participant, room: string) {
  await rohit.enter(room);
  await riya.enter(room);
  await openChat(rohit);
  await openChat(riya);
  await write(riya, "Hello!");
  await expect(messagesOf(rohit)).toHaveText(["Hello!"]);
  await rohit.expectSees(riya);
  await riya.expectSees(rohit);
  const before = { uid: await riya.uid(), loadedAt: await loadedAt(riya), token: await tokenOf(riya, room) };
  const [seenByRohit, seenByRiya] = [await recordScreen(rohit), await recordScreen(riya)];

  return {
    before,
    seenByRohit,
    seenByRiya,
    /** What Riya misses. */
    async goOnWithoutHer() {
      await write(rohit, "Are you there?");
      await rohit.turn("Microphone", "off");
    },
    /** All is as it was, by itself, and what was missed is there, once. */
    async expectHealed() {
      const sinceMs = Date.now();
      await riya.expectConnected();
      const connectedMs = Date.now() - sinceMs;
      await expect(messagesOf(riya)).toHaveText(["Hello!", "Are you there?"]);
      await riya.expectSees(rohit);
      await rohit.expectSees(riya);
      const seenMs = Date.now() - sinceMs;
      test.info().annotations.push({ type: "healed after", description: JSON.stringify({ connectedMs, seenMs }) });
      await expect(riya.tileOf(rohit)).toHaveAttribute("data-audio", "off");
      await rohit.turn("Microphone", "on");
      await riya.expectHears(rohit);
      await rohit.expectHears(riya);
      await expect(rohit.tiles).toHaveCount(2);
      await expect(riya.tiles).toHaveCount(2);
      expect(await riya.uid()).toBe(before.uid);
      expect(await loadedAt(riya)).toBe(before.loadedAt);
      await write(riya, "Here I am.");
      await expect(messagesOf(rohit)).toHaveText(["Hello!", "Are you there?", "Here I am."]);
      await expect(messagesOf(riya)).toHaveText(["Hello!", "Are you there?", "Here I am."]);
    },
  };
}

test("a tab is frozen for longer than the server waits: shown, and in again by itself when it thaws", {
  tag: "@long",
}, async ({ open, room }) => {
  const [rohit, riya] = [await open(ROHIT), await open(RIYA, { apart: "frozen" })];
  const call = await meet(rohit, riya, room);
  const thaw = await stopProcesses(riya, "pages");
  try {
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "reconnecting", { timeout: 7_000 });
    await call.goOnWithoutHer();
    await expect(rohit.tiles).toHaveCount(1, { timeout: GONE_MS });
  } finally {
    thaw();
  }
  await call.expectHealed();
});

for (const { seconds, tag } of [
  { seconds: 1, tag: [] },
  { seconds: 60, tag: "@long" },
]) {
  test(`a computer sleeps until its person is gone, and for ${seconds} s at least: in again by itself, with a token that is good`, {
    tag,
  }, async ({ open, room, startApp }) => {
    test.setTimeout(120_000 + seconds * 1_000);
    const app = await startApp({ env: { TOKEN_TTL_SECONDS: "40" } });
    try {
      const [rohit, riya] = [await open(ROHIT, { at: app }), await open(RIYA, { at: app, apart: "asleep" })];
      const call = await meet(rohit, riya, room);
      const wake = await stopProcesses(riya, "all");
      const asleep = delay(seconds * 1_000);
      try {
        await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "reconnecting", { timeout: 7_000 });
        await call.goOnWithoutHer();
        await expect(rohit.tiles).toHaveCount(1, { timeout: GONE_MS });
        await asleep;
      } finally {
        wake();
      }
      await call.expectHealed();
      expect((await call.seenByRiya()).map(({ connection }) => connection)).toContain("reconnecting");
      expect(await tokenOf(riya, room)).not.toBe(call.before.token);
    } finally {
      await app.stop();
    }
  });
}

for (const { seconds, tag } of [
  { seconds: 5, tag: [] },
  { seconds: 30, tag: "@long" },
  { seconds: 120, tag: "@long" },
]) {
  test(`a browser is offline for ${seconds} s: shown, and back by itself with what it missed`, { tag }, async ({
    open,
    room,
  }) => {
    test.setTimeout(120_000 + seconds * 1_000);
    const [rohit, riya] = [await open(ROHIT), await open(RIYA, { apart: "offline" })];
    const call = await meet(rohit, riya, room);
    // Nothing goes through any more, and then the browser notices: nobody else has been told.
    const reconnect = await stopProcesses(riya, "network");
    try {
      await riya.context.setOffline(true);
      await expect(riya.page.getByTestId("connection")).toHaveAttribute("data-state", "reconnecting", {
        timeout: 1_000,
      });
      const offline = delay(seconds * 1_000);
      await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "reconnecting", { timeout: 5_000 });
      await call.goOnWithoutHer();
      await offline;
      await expect(rohit.tiles).toHaveCount(seconds > 20 ? 1 : 2);
    } finally {
      reconnect();
      await riya.context.setOffline(false);
    }
    await call.expectHealed();
    if (seconds > 20) return;
    // Nobody saw her go.
    expect((await call.seenByRohit()).filter(({ tiles }) => !(riya.name in tiles))).toEqual([]);
  });
}

for (const { when, tag } of [
  { when: "at once", tag: [] },
  { when: "when its person is gone", tag: "@long" },
]) {
  test(`a tab crashes and is loaded again ${when}: the same person, and no ghost`, { tag }, async ({ open, room }) => {
    const [rohit, riya] = [await open(ROHIT), await open(RIYA)];
    const { before, seenByRohit } = await meet(rohit, riya, room);
    // Playwright gives up a page that crashed; the browser does not.
    const session = await riya.context.newCDPSession(riya.page);
    const evaluate = async (expression: string): Promise<unknown> =>
      (await session.send("Runtime.evaluate", { expression, returnByValue: true })).result.value;
    const crashed = riya.page.waitForEvent("crash");
    // What crashes does not answer. That it did, the event says.
    session.send("Page.crash").catch(() => undefined);
    await crashed;
    await expect(rohit.tileOf(riya)).toHaveAttribute("data-state", "reconnecting", { timeout: 5_000 });
    if (when !== "at once") await expect(rohit.tiles).toHaveCount(1, { timeout: GONE_MS });
    await session.send("Page.reload");
    await rohit.expectSees(riya);
    await rohit.expectHears(riya);
    await expect(rohit.tiles).toHaveCount(2);
    expect(await rohit.tileOf(riya).getAttribute("data-uid")).toBe(before.uid);
    expect(await evaluate("document.querySelector('[data-testid=connection]').dataset.state")).toBe("connected");
    expect(await evaluate("document.querySelectorAll('[data-testid=tile]').length")).toBe(2);
    const everGone = (await seenByRohit()).some(({ tiles }) => !(riya.name in tiles));
    expect(everGone).toBe(when !== "at once");
  });
}
