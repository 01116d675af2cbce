import * as v from "valibot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import { Credentials } from "@/lib/contracts/http";
import { Instance, type Uid } from "@/lib/contracts/identifiers";
import { OwnScreen } from "./own-screen";
import { SignalExchange } from "./signal-exchange";

/** The server: whose screen is shared, as its last token says, and how it answers. */
let shared: Uid | null;
let tokens: number;
let isAnswerLost: boolean;
/** Until when the next answer is on its way. */
let held: Promise<void> | undefined;
let over: AbortController;
let sharing: AbortController;
let screen: OwnScreen;
const lost = vi.fn();
const LISTENER = { onTokenRenewed: () => undefined, onLost: lost };

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  lost.mockReset();
  shared = null;
  tokens = 0;
  isAnswerLost = false;
  held = undefined;
  over = new AbortController();
  sharing = new AbortController();
  vi.stubGlobal("fetch", async (_path: string, { headers }: RequestInit) => {
    const { authorization = "" } = headers as Record<string, string>;
    if (authorization === `Bearer 007${shared}`) shared = null;
    screen.note(shared);
    return new Response(null, { status: 204 });
  });
  screen = new OwnScreen(
    {
      instance: v.parse(Instance, "8f14e45f-ceea-4670-8b9e-6a1c1f5c4d2a"),
      signals: new SignalExchange(async () => ({ absent: [] })),
      relayOf: () => ({ open: () => Promise.reject(new Error("no relay")), ask: async () => undefined }),
      isConnected: () => true,
      peers: () => [],
      signal: over.signal,
    },
    async () => {
      const uid = (70 + ++tokens) as Uid;
      shared = uid;
      // The stream says it to all, before the answer.
      screen.note(uid);
      await held;
      if (isAnswerLost) throw new AppError("offline", "lost");
      return credentials(uid);
    },
  );
});
afterEach(() => {
  over.abort();
  screen.lose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const credentials = (uid: Uid): Credentials =>
  v.parse(Credentials, {
    transport: "embedded",
    appId: "0123456789abcdef0123456789abcdef",
    room: "MAIN",
    uid,
    kind: "join",
    token: `007${uid}`,
    expiresAt: 0,
    expiresInSeconds: 3600,
    iceServers: [],
    topology: "direct",
  });

const settle = () => vi.advanceTimersByTimeAsync(0);

test("a screen whose token was lost stays for as long as another try may take its place, and is ended then", async () => {
  isAnswerLost = true;
  await expect(screen.open(LISTENER, sharing.signal)).rejects.toThrow("lost");
  await vi.advanceTimersByTimeAsync(10_000);
  expect([tokens, shared]).toEqual([1, 71]);
  sharing.abort();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(shared).not.toBeNull();
  isAnswerLost = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shared).toBeNull();
  const asked = tokens;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tokens).toBe(asked);
});

test("one whose token is lost after the person has stopped is ended, too", async () => {
  isAnswerLost = true;
  const opening = screen.open(LISTENER, sharing.signal);
  sharing.abort();
  await expect(opening).rejects.toThrow("lost");
  isAnswerLost = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shared).toBeNull();
});

test("one whose token arrives after the person has stopped is for who asked for it to end", async () => {
  let release: () => void = () => undefined;
  held = new Promise((resolve) => {
    release = resolve;
  });
  const opening = screen.open(LISTENER, sharing.signal);
  sharing.abort();
  await settle();
  release();
  (await opening).end();
  await settle();
  expect([tokens, shared]).toEqual([1, null]);
});

test("a screen that is known here is nobody else's to end, also while the server has not heard of its end", async () => {
  const opened = await screen.open(LISTENER, sharing.signal);
  await settle();
  expect(tokens).toBe(1);
  const answer = vi.fn(() => Promise.reject(new TypeError("Failed to fetch")));
  vi.stubGlobal("fetch", answer);
  sharing.abort();
  opened.end();
  screen.note(shared);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(answer.mock.calls.length).toBeGreaterThan(2);
  expect([tokens, shared]).toEqual([1, 71]);
  expect(lost).not.toHaveBeenCalled();
});

test("a share that begins while a lost one is being ended, and loses its place to that, is told so", async () => {
  isAnswerLost = true;
  await expect(screen.open(LISTENER, sharing.signal)).rejects.toThrow("lost");
  isAnswerLost = false;
  let release: () => void = () => undefined;
  held = new Promise((resolve) => {
    release = resolve;
  });
  sharing.abort();
  held = undefined;
  const again = new AbortController();
  await screen.open(LISTENER, again.signal);
  expect(lost).not.toHaveBeenCalled();
  release();
  await settle();
  expect(lost).toHaveBeenCalledOnce();
  const { credentials: latest } = await screen.open(LISTENER, again.signal);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shared).toBe(latest.uid);
});
