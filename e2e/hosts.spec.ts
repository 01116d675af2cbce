import type { Page } from "@playwright/test";
import type { Participant } from "./participant";
import { expect, test } from "./support/fixtures";
import { RAHUL, RIYA, ROHIT } from "./support/persona";

const lockButton = (host: Participant) => host.page.getByRole("button", { name: "Lock room" });
const atTheDoor = (host: Participant) => host.page.getByRole("region", { name: "At the door" });
const actionsFor = (host: Participant, other: Participant) =>
  host.page.getByRole("button", { name: `Actions for ${other.name}` });
const waiting = (person: Participant) => person.page.getByText("Waiting to be let in…");

async function lock(host: Participant): Promise<void> {
  await lockButton(host).click();
  await expect(lockButton(host)).toHaveAttribute("aria-pressed", "true");
}

/** Comes to the room's link and finds it locked. */
async function comeTo(room: string, person: Participant): Promise<void> {
  await person.page.goto(`/room/${room}`);
  await expect(person.page.getByText("Someone inside must let you in")).toBeVisible();
  await person.page.getByRole("textbox", { name: "Name" }).fill(person.name);
}

async function knock(person: Participant): Promise<void> {
  await person.page.getByRole("button", { name: "Join now" }).click();
  await expect(waiting(person)).toBeVisible();
}

async function choose(host: Participant, other: Participant, action: string): Promise<void> {
  await host.tileOf(other).hover();
  await actionsFor(host, other).click();
  await host.page.getByRole("menuitem", { name: action }).click();
}

test("a locked room: who comes sees nobody, knocks, and is let in by the host", { tag: "@core" }, async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await lock(rohit);
  await comeTo(room, riya);
  await expect(riya.page.getByText(rohit.name)).toHaveCount(0);
  await riya.page.getByRole("button", { name: "Camera" }).click();
  await knock(riya);
  await riya.expectAccessible();
  await expect(riya.page.getByRole("button", { name: "Cancel" })).toBeFocused();

  await expect(atTheDoor(rohit)).toContainText(riya.name);
  await rohit.expectAccessible();
  await atTheDoor(rohit)
    .getByRole("button", { name: `Let in ${riya.name}` })
    .click();
  await riya.expectConnected();
  await expect(atTheDoor(rohit)).toHaveCount(0);
  await riya.expectSees(rohit);
  await rohit.expectHears(riya);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-video", "off");
  await expect(riya.page.getByRole("img", { name: "Room locked" })).toBeVisible();
  await expect(lockButton(riya)).toHaveCount(0);
  await expect(riya.tileOf(rohit).getByRole("img", { name: "Host" })).toBeVisible();
});

test("on a phone, over an open panel: one gives up, and one is refused and told so", async ({ open, room }) => {
  const rohit = await open(ROHIT, { isPhone: true });
  const riya = await open(RIYA, { isPhone: true });
  await rohit.enter(room);
  await lock(rohit);
  await rohit.control("Chat").click();
  await expect(rohit.page.getByRole("dialog", { name: "Chat" })).toBeVisible();
  await comeTo(room, riya);
  await knock(riya);
  await expect(atTheDoor(rohit)).toContainText(riya.name);
  await rohit.expectAccessible();
  await riya.page.getByRole("button", { name: "Cancel" }).click();
  await expect(atTheDoor(rohit)).toHaveCount(0);
  await expect(riya.page.getByRole("button", { name: "Join now" })).toBeFocused();

  await knock(riya);
  await atTheDoor(rohit)
    .getByRole("button", { name: `Refuse ${riya.name}` })
    .click();
  await expect(riya.page.getByRole("alert").filter({ hasText: "did not let you in" })).toBeVisible();
  await expect(atTheDoor(rohit)).toHaveCount(0);
  await riya.expectAccessible();
});

test("who is muted by the host is told, is heard by nobody, and unmutes when they like", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectHears(riya);
  await choose(rohit, riya, "Mute");
  await expect(riya.page.getByText(`${rohit.name} muted you`)).toBeVisible();
  await riya.expectAccessible();
  await expect(riya.control("Microphone")).toHaveAttribute("aria-pressed", "false");
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-audio", "off");
  await rohit.expectSilence(riya);

  await riya.page.getByRole("button", { name: "Unmute" }).click();
  await expect(riya.control("Microphone")).toHaveAttribute("aria-pressed", "true");
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-audio", "on");
  await rohit.expectHears(riya);
  await expect(riya.page.getByText("muted you")).toHaveCount(0);
});

test("who is removed is told, is gone from the others' pages with sound and picture, and has to knock", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectSees(riya);
  await rohit.expectHears(riya);
  const question = rohit.page.getByRole("dialog", { name: "Remove from the call" });
  await choose(rohit, riya, "Remove…");
  await expect(question).toHaveAccessibleDescription(/is put out and told so/);
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await rohit.expectAccessible();
  await rohit.page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(actionsFor(rohit, riya)).toBeFocused();
  await choose(rohit, riya, "Remove…");
  await rohit.page.getByRole("button", { name: "Remove", exact: true }).click();

  await expect(riya.page.getByRole("heading", { name: "You were removed" })).toBeVisible();
  await expect(rohit.tileOf(riya)).toHaveCount(0);
  await rohit.expectSilence(riya);
  await expect(lockButton(rohit)).toHaveAttribute("aria-pressed", "true");
  await riya.page.getByRole("button", { name: "Rejoin" }).click();
  await expect(riya.page.getByText("Someone inside must let you in")).toBeVisible();
  await knock(riya);
  await expect(atTheDoor(rohit)).toContainText(riya.name);
});

test("the host reloads and is host still, leaves, and the next has the knock at the door", { tag: "@long" }, async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  const riya = await open(RIYA);
  const rahul = await open(RAHUL);
  await rohit.enter(room);
  await riya.enter(room);
  await lock(rohit);
  await rohit.page.reload();
  await rohit.expectConnected();
  await expect(lockButton(rohit)).toHaveAttribute("aria-pressed", "true");
  await expect(rohit.page.getByText("You are the host now")).toHaveCount(0);
  await comeTo(room, rahul);
  await knock(rahul);
  await expect(atTheDoor(rohit)).toContainText(rahul.name);
  await expect(atTheDoor(riya)).toHaveCount(0);
  await rohit.leave();
  await expect(riya.page.getByText("You are the host now")).toBeVisible();
  await atTheDoor(riya)
    .getByRole("button", { name: `Let in ${rahul.name}` })
    .click();
  await rahul.expectConnected();
  await choose(riya, rahul, "Make host…");
  await riya.page.getByRole("button", { name: "Make host", exact: true }).click();
  await expect(lockButton(rahul)).toHaveAttribute("aria-pressed", "true");
  await expect(lockButton(riya)).toHaveCount(0);
});

test("a server that restarts finds the room locked and the same people waiting", { tag: "@long" }, async ({
  open,
  room,
  startApp,
}) => {
  test.setTimeout(120_000);
  const first = await startApp({ env: { DATABASE_PATH: test.info().outputPath("restart.db") } });
  const rohit = await open(ROHIT, { at: first });
  const riya = await open(RIYA, { at: first });
  await rohit.enter(room);
  await lock(rohit);
  await comeTo(room, riya);
  await knock(riya);
  await expect(atTheDoor(rohit)).toContainText(riya.name);
  first.kill("SIGKILL");
  await first.exited;
  await expect(waiting(riya)).toHaveCount(0);
  await expect(atTheDoor(rohit)).toHaveCount(0);
  const second = await startApp({ port: first.port, env: { DATABASE_PATH: first.databasePath } });
  try {
    await expect(waiting(riya)).toBeVisible();
    await rohit.expectConnected();
    await atTheDoor(rohit)
      .getByRole("button", { name: `Let in ${riya.name}` })
      .click();
    await riya.expectConnected();
  } finally {
    await second.stop();
  }
});

test("a page that was changed so that it cannot be muted is played by nobody all the same", { tag: "@long" }, async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT, { prepare: running(recordPlayed) });
  const riya = await open(RIYA, { prepare: running(hideMutes) });
  await rohit.enter(room);
  await riya.enter(room);
  await rohit.expectHears(riya);
  await expect.poll(() => playedCount(rohit.page)).toBe(1);
  await choose(rohit, riya, "Mute");
  await expect.poll(() => playedCount(rohit.page)).toBe(0);
  await expect(rohit.tileOf(riya)).toHaveAttribute("data-audio", "off");
  await rohit.expectHears(riya);
});

const running = (script: () => void) => async (page: Page) => {
  await page.addInitScript(script);
};

/** Runs in the page before its scripts: keeps every element that played sound. */
function recordPlayed(): void {
  const elements = new Set<HTMLMediaElement>();
  Object.defineProperty(window, "playedElements", { value: elements });
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    elements.add(this);
    return play.call(this);
  };
}

/** How many elements play others' sound at this moment. */
function playedCount(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { playedElements } = window as unknown as { playedElements: Set<HTMLMediaElement> };
    return [...playedElements].filter(
      ({ srcObject, paused, muted }) =>
        !(paused || muted) && srcObject instanceof MediaStream && srcObject.getAudioTracks().length > 0,
    ).length;
  });
}

/** Runs in the page before its scripts: it never learns that a host has muted anyone. */
function hideMutes(): void {
  const original = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const response = await original(input, init);
    if (!String(input).includes("/events") || !response.body) return response;
    const deaf = new TransformStream<string, string>({
      transform: (text, controller) =>
        controller.enqueue(text.replaceAll('"isMutedByHost":true', '"isMutedByHost":false')),
    });
    const body = response.body
      .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
      .pipeThrough(deaf)
      .pipeThrough(new TextEncoderStream() as ReadableWritablePair<Uint8Array, string>);
    return new Response(body, response);
  };
}
