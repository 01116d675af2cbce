import type { Locator } from "@playwright/test";
import type { Participant } from "./participant";
import { fieldOf, logOf, messagesOf, openChat, write } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { MEERA, RIYA, ROHIT } from "./support/persona";

const pendingOf = (person: Participant): Locator => logOf(person).getByTestId("pending-message");

test("two people talk, who comes later reads it, and of what is written only addresses can be clicked", {
  tag: "@core",
}, async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await openChat(rohit);
  await openChat(riya);
  await expect(rohit.control("Chat")).toHaveAttribute("aria-pressed", "true");
  await write(rohit, "Hello!");
  await expect(messagesOf(riya)).toHaveText(["Hello!"]);
  await fieldOf(riya).fill("Two");
  await fieldOf(riya).press("Shift+Enter");
  await fieldOf(riya).pressSequentially("lines: https://example.org/a_(b).");
  await riya.page.getByRole("button", { name: "Send" }).click();
  const evil = '<img src=x onerror="alert(1)"> javascript:alert(1) [x](https://example.org)';
  await write(riya, evil);
  await expect(messagesOf(rohit)).toHaveText(["Hello!", "Two\nlines: https://example.org/a_(b).", evil]);
  await expect(logOf(rohit).locator("img")).toHaveCount(0);
  const links = logOf(rohit).getByRole("link");
  await expect(links).toHaveText(["https://example.org/a_(b)", "https://example.org"]);
  await expect(links.first()).toHaveAttribute("rel", "noopener noreferrer");
  await expect(links.first()).toHaveAttribute("target", "_blank");
  await expect(logOf(rohit)).toContainText("RIYA");
  await expect(logOf(rohit)).toContainText("You");

  const meera = await open(MEERA);
  await meera.enter(room);
  await expect(meera.page.getByTestId("unread")).toHaveCount(0);
  await openChat(meera);
  await expect(messagesOf(meera)).toHaveText(["Hello!", "Two\nlines: https://example.org/a_(b).", evil]);
  await rohit.expectAccessible();
  await riya.page.keyboard.press("Escape");
  await expect(logOf(riya)).toHaveCount(0);
  await expect(riya.control("Chat")).toBeFocused();
});

test("what is written offline waits, outlives a reload, and arrives once and in order", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await openChat(rohit);
  await openChat(riya);

  await riya.context.setOffline(true);
  await write(riya, "one");
  await write(riya, "two");
  await expect(pendingOf(riya)).toHaveText([/one.*Sending…/, /two.*Sending…/]);
  await riya.expectAccessible();
  await riya.context.setOffline(false);
  await expect(messagesOf(rohit)).toHaveText(["one", "two"]);
  await expect(pendingOf(riya)).toHaveCount(0);

  // From here on messages arrive, and every answer is lost.
  await riya.page.route("**/messages", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await write(riya, "three");
  await expect(messagesOf(rohit)).toHaveText(["one", "two", "three"]);
  await expect(pendingOf(riya)).toHaveCount(0);

  // Nothing arrives, and the page is loaded anew.
  await riya.page.unroute("**/messages");
  await riya.page.route("**/messages", (route) => route.abort("connectionrefused"));
  await write(riya, "four");
  await write(riya, "five");
  await riya.page.reload();
  await riya.expectConnected();
  await openChat(riya);
  await expect(pendingOf(riya)).toHaveText([/four/, /five/]);
  await riya.page.unroute("**/messages");
  const all = ["one", "two", "three", "four", "five"];
  await expect(messagesOf(rohit)).toHaveText(all);
  await expect(messagesOf(riya)).toHaveText(all);
  await expect(pendingOf(riya)).toHaveCount(0);
  await expect(messagesOf(rohit)).toHaveText(all);
});

test("what the server refuses is said, with the choice to try again or to discard it", async ({ open, room }) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  await openChat(rohit);
  const refuse = { error: { code: "invalid_request", message: "The server does not take this." } };
  await rohit.page.route("**/messages", (route) => route.fulfill({ status: 400, json: refuse }));
  await write(rohit, "first");
  await write(rohit, "second");
  await expect(pendingOf(rohit).filter({ hasText: "Not sent. The server does not take this." })).toHaveCount(2);
  await rohit.expectAccessible();
  await rohit.page.unroute("**/messages");
  await pendingOf(rohit).first().getByRole("button", { name: "Discard" }).click();
  await pendingOf(rohit).getByRole("button", { name: "Try again" }).click();
  await expect(messagesOf(rohit)).toHaveText(["second"]);
  await expect(pendingOf(rohit)).toHaveCount(0);
});

test("unread messages are counted on the button and in a hidden tab's title; who scrolled up stays there; too long is said", async ({
  open,
  room,
}) => {
  const rohit = await open(ROHIT);
  await rohit.enter(room);
  const riya = await open(RIYA);
  await riya.enter(room);
  await openChat(riya);
  await write(riya, "one");
  await write(riya, "two");
  await expect(rohit.page.getByTestId("unread")).toHaveText("2");
  await expect(rohit.control("Chat")).toHaveAccessibleDescription("2 unread messages");
  await expect(rohit.page).toHaveTitle(new RegExp(`^${room}`));
  await look(rohit, "hidden");
  await expect(rohit.page).toHaveTitle(new RegExp(`^\\(2\\) ${room}`));
  await look(rohit, "visible");
  await expect(rohit.page).toHaveTitle(new RegExp(`^${room}`));
  await rohit.page.getByTestId("tile").first().click();
  await rohit.page.keyboard.press("c");
  await expect(rohit.page.getByTestId("unread")).toHaveCount(0);
  await expect(messagesOf(rohit)).toHaveText(["one", "two"]);

  await write(riya, "line\n".repeat(60));
  await expect(messagesOf(rohit)).toHaveCount(3);
  await logOf(rohit).evaluate((log) => log.scrollTo(0, 0));
  await write(riya, "below");
  const newMessages = rohit.page.getByRole("button", { name: "New messages" });
  await expect(newMessages).toBeVisible();
  expect(await logOf(rohit).evaluate((log) => log.scrollTop)).toBe(0);
  await rohit.expectAccessible();
  await newMessages.click();
  await expect(newMessages).toBeHidden();
  await expect(messagesOf(rohit).last()).toBeInViewport();

  const long = "x".repeat(2001);
  await fieldOf(rohit).fill(long);
  await expect(rohit.page.getByRole("alert").filter({ hasText: "at most 2000 characters" })).toBeVisible();
  await fieldOf(rohit).press("Enter");
  await expect(fieldOf(rohit)).toHaveValue(long);
  await rohit.expectAccessible();
  await fieldOf(rohit).press("Backspace");
  await fieldOf(rohit).press("Enter");
  await expect(messagesOf(riya).last()).toHaveText(long.slice(1));
});

test("who writes by an input method ends a word with Enter, and sends with the next", async ({ open, room }) => {
  const riya = await open(RIYA);
  await riya.enter(room);
  await openChat(riya);
  const keys = await riya.context.newCDPSession(riya.page);
  await keys.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  await expect(fieldOf(riya)).toHaveValue("にほん");
  await fieldOf(riya).press("Enter");
  await keys.send("Input.insertText", { text: "日本" });
  await expect(fieldOf(riya)).toHaveValue(/^日本/);
  await expect(messagesOf(riya)).toHaveCount(0);
  await expect(pendingOf(riya)).toHaveCount(0);
  await fieldOf(riya).press("Enter");
  await expect(messagesOf(riya)).toHaveText(["日本"]);
});

test("of a long talk the end is there, the rest is shown when asked for, in its place and without being read out", async ({
  open,
  room,
  startApp,
}) => {
  const app = await startApp({ env: { RATE_LIMITS: "off" } });
  try {
    const rohit = await open(ROHIT, { at: app });
    await rohit.enter(room);
    await rohit.page.evaluate(writeMany, { room, from: 1, to: 230 });
    const riya = await open(RIYA, { at: app });
    await riya.enter(room);
    await openChat(riya);
    await expect(messagesOf(riya)).toHaveCount(200);
    await expect(messagesOf(riya).first()).toHaveText("message 31");
    const earlier = riya.page.getByRole("button", { name: "Show earlier messages" });
    await earlier.scrollIntoViewIfNeeded();
    const placeOf31 = () => messagesOf(riya).getByText("message 31", { exact: true }).boundingBox();
    const before = await placeOf31();

    await riya.page.route("**/messages?before=*", (route) => route.abort("connectionrefused"));
    await earlier.click();
    await expect(riya.page.getByRole("alert").filter({ hasText: "could not be fetched" })).toBeVisible();
    await riya.page.unroute("**/messages?before=*");
    await earlier.click();
    await expect(messagesOf(riya)).toHaveCount(230);
    await expect(messagesOf(riya).first()).toHaveText("message 1");
    await expect(earlier).toHaveCount(0);
    // What was being read stays where it was, but for the line that said what day it is.
    expect(Math.abs(((await placeOf31())?.y ?? Number.NaN) - (before?.y ?? Number.NaN))).toBeLessThan(50);
    await riya.expectAccessible();

    await rohit.page.evaluate(writeMany, { room, from: 231, to: 231 });
    const isReadOut = () =>
      messagesOf(riya).evaluateAll((messages) =>
        messages.map((message) => message.closest("[aria-live], [role=log]")?.getAttribute("aria-live") !== "off"),
      );
    await expect(messagesOf(riya)).toHaveCount(231);
    expect(await isReadOut()).toEqual([...Array(30).fill(false), ...Array(201).fill(true)]);
  } finally {
    await app.stop();
  }
});

/** Runs in the page: its member says much, faster than anyone can type. */
async function writeMany({ room, from, to }: { room: string; from: number; to: number }): Promise<void> {
  const { token } = JSON.parse(sessionStorage.getItem(`mychat:seat:${room}`) ?? "{}");
  for (let n = from; n <= to; n++) {
    const response = await fetch(`/api/rooms/${room}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ clientId: `many-${n}`, text: `message ${n}` }),
    });
    if (!response.ok) throw new Error(await response.text());
  }
}

/** Whether the tab is seen, as far as the page knows. */
async function look({ page }: Participant, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test("on a phone the chat lies over the call, and every control is in reach", async ({ open, room }) => {
  const riya = await open(RIYA, { isPhone: true });
  await riya.page.goto(`/room/${room}`);
  await riya.page.getByRole("textbox", { name: "Name" }).fill(riya.name);
  await riya.joinNow();
  await expect(riya.control("People")).toBeHidden();
  await riya.control("More").click();
  for (const name of [
    "Microphone",
    "Camera",
    "Raise hand",
    "Chat",
    "People",
    "Reactions",
    "Copy link",
    "Settings",
    "Leave",
  ])
    await expect(riya.control(name)).toBeInViewport({ ratio: 1 });
  await riya.expectAccessible();
  await openChat(riya);
  await write(riya, "from the phone");
  await expect(messagesOf(riya)).toHaveText(["from the phone"]);
  await expect(riya.page.getByRole("dialog", { name: "Chat" })).toBeVisible();
  await riya.expectAccessible();
  await riya.page.getByRole("button", { name: "Close" }).click();
  await expect(riya.control("Chat")).toBeFocused();
  await expect(riya.page.getByRole("dialog")).toHaveCount(0);
});
