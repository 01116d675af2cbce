import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import type { ChatMessage } from "@/lib/contracts/members";
import { ChatOutbox, type PendingMessage } from "./outbox";

/** A server that stores each `clientId` once, and can be made to fail on the way in or on the way back. */
let stored: { clientId: string; text: string }[];
let wayIn: (text: string) => AppError | undefined;
let wayBack: () => AppError | undefined;
let requests: number;
let inFlight: number;
let sent: string[];
let pending: readonly PendingMessage[];
let outbox: ChatOutbox;

const offline = () => new AppError("offline", "away");
const texts = () => pending.map(({ text }) => text);
const settle = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function newOutbox(before: readonly PendingMessage[] = []): ChatOutbox {
  pending = before;
  return new ChatOutbox(before, {
    post: async ({ clientId, text }, signal) => {
      requests++;
      inFlight++;
      expect(inFlight).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      inFlight--;
      if (signal.aborted) throw new AppError("aborted", "");
      const lost = wayIn(text);
      if (lost) throw lost;
      if (!stored.some((message) => message.clientId === clientId)) stored.push({ clientId, text });
      const lostAnswer = wayBack();
      if (lostAnswer) throw lostAnswer;
      return { clientId, text } as ChatMessage;
    },
    onChange: (changed) => {
      pending = changed;
    },
    onSent: ({ text }) => sent.push(text),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  stored = [];
  sent = [];
  requests = 0;
  inFlight = 0;
  wayIn = () => undefined;
  wayBack = () => undefined;
  outbox = newOutbox();
});
afterEach(() => vi.useRealTimers());

test("messages go one after the other, in order, and wait until the room is entered", async () => {
  outbox.add("one");
  outbox.add("two");
  await settle(5_000);
  expect([stored.length, texts()]).toEqual([0, ["one", "two"]]);
  outbox.open();
  outbox.add("three");
  await settle(100);
  expect(stored.map(({ text }) => text)).toEqual(["one", "two", "three"]);
  expect(sent).toEqual(["one", "two", "three"]);
  expect(pending).toEqual([]);
});

test("while the server is away they wait, and are sent in order when it is back", async () => {
  outbox.open();
  wayIn = offline;
  for (const text of ["one", "two", "three"]) outbox.add(text);
  await settle(60_000);
  expect(texts()).toEqual(["one", "two", "three"]);
  expect(pending.every(({ problem }) => problem === null)).toBe(true);
  // Not a request after each other without a pause.
  expect(requests).toBeLessThan(40);
  wayIn = () => undefined;
  outbox.open();
  await settle(100);
  expect(stored.map(({ text }) => text)).toEqual(["one", "two", "three"]);
});

test("an answer that is lost makes no second message", async () => {
  outbox.open();
  let losses = 3;
  wayBack = () => (losses-- > 0 ? offline() : undefined);
  outbox.add("once");
  await settle(30_000);
  expect(stored).toHaveLength(1);
  expect(requests).toBe(4);
  expect(sent).toEqual(["once"]);
});

test("a message that the room is known to have is not sent again, whoever says so", async () => {
  outbox.open();
  wayBack = offline;
  outbox.add("seen in the stream");
  await settle(15);
  outbox.drop((clientId) => clientId === stored[0]?.clientId);
  await settle(60_000);
  expect([requests, stored.length, pending.length]).toEqual([1, 1, 0]);
});

test("what the server refuses is kept with its words, holds up nothing, and is tried again or given up", async () => {
  outbox.open();
  wayIn = (text) => (text === "bad" ? new AppError("invalid_request", "No.") : undefined);
  outbox.add("bad");
  outbox.add("good");
  await settle(60_000);
  expect(stored.map(({ text }) => text)).toEqual(["good"]);
  expect(pending).toMatchObject([{ text: "bad", problem: "No." }]);
  expect(requests).toBe(2);
  wayIn = () => undefined;
  const [bad] = pending;
  outbox.retry(bad?.clientId ?? "");
  await settle(100);
  expect(stored).toEqual([expect.anything(), { clientId: bad?.clientId, text: "bad" }]);

  wayIn = () => new AppError("too_large", "No.");
  outbox.add("worse");
  await settle(100);
  outbox.drop((clientId) => clientId === pending[0]?.clientId);
  await settle(60_000);
  expect([texts(), stored.length]).toEqual([[], 2]);
});

test("a server that asks to slow down is asked again when it said, and not before", async () => {
  outbox.open();
  let isLimited = true;
  wayIn = () => (isLimited ? new AppError("rate_limited", "Slow", { retryAfterSeconds: 7 }) : undefined);
  outbox.add("patient");
  await settle(6_900);
  expect(requests).toBe(1);
  isLimited = false;
  await settle(200);
  expect(stored).toHaveLength(1);
});

test("a change of uid stops what is on its way, and the next welcome sends it", async () => {
  outbox.open();
  outbox.add("moving");
  await settle(5);
  outbox.shut();
  await settle(60_000);
  expect([stored.length, texts()]).toEqual([0, ["moving"]]);
  outbox.open();
  await settle(100);
  expect([stored.length, texts()]).toEqual([1, []]);
});

test("what a reload finds is sent by itself, what a later visit finds is not", async () => {
  const message = { clientId: "a", text: "kept", writtenAt: 0, problem: null };
  outbox = newOutbox([message]);
  outbox.giveUp("You had left.");
  outbox.open();
  await settle(60_000);
  expect([requests, pending]).toEqual([0, [{ ...message, problem: "You had left." }]]);
  outbox = newOutbox([message]);
  outbox.open();
  await settle(100);
  expect(stored).toEqual([{ clientId: "a", text: "kept" }]);
});

test("a request that hangs is made again", async () => {
  const posts: AbortSignal[] = [];
  const hanging = new ChatOutbox([], {
    post: (_, signal) => {
      posts.push(signal);
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(offline())));
    },
    onChange: () => undefined,
    onSent: () => undefined,
  });
  hanging.open();
  hanging.add("hello");
  await settle(15_000);
  expect(posts).toHaveLength(2);
  hanging.shut();
});
