import * as v from "valibot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import { Credentials } from "@/lib/contracts/http";
import { TokenKeeper } from "./token-keeper";

const credentials = (token: string, expiresInSeconds: number): Credentials =>
  v.parse(Credentials, {
    transport: "embedded",
    appId: "0123456789abcdef0123456789abcdef",
    room: "MAIN",
    uid: 7,
    kind: "join",
    token: `007${token}`,
    expiresAt: 0,
    expiresInSeconds,
    iceServers: [],
    topology: "direct",
  });

let answer: () => Promise<Credentials>;
let renewedTokens: string[];
let lost: number;
let keeper: TokenKeeper;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  renewedTokens = [];
  lost = 0;
  answer = async () => credentials("second", 60);
  keeper = new TokenKeeper({
    renew: () => answer(),
    onRenewed: ({ token }) => renewedTokens.push(token),
    onLost: () => lost++,
  });
  keeper.take(credentials("first", 60));
});
afterEach(() => {
  keeper.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a token is renewed when half of its life is over, not before", async () => {
  await vi.advanceTimersByTimeAsync(29_000);
  expect(renewedTokens).toEqual([]);
  await vi.advanceTimersByTimeAsync(6000);
  expect(renewedTokens).toEqual(["007second"]);
  expect(keeper.token).toBe("007second");
});

test("while the server is away it is asked again until it answers", async () => {
  answer = () => Promise.reject(new AppError("offline", "away"));
  await vi.advanceTimersByTimeAsync(50_000);
  expect(keeper.token).toBe("007first");
  answer = async () => credentials("third", 60);
  await vi.advanceTimersByTimeAsync(5000);
  expect(keeper.token).toBe("007third");
  expect(lost).toBe(0);
});

test("what the server will never renew is lost, once", async () => {
  answer = () => Promise.reject(new AppError("token_expired", "gone"));
  expect(await keeper.renew()).toBe(false);
  expect(lost).toBe(1);
});

test("the age of a token that slept is looked at on waking, by the clock on the wall", async () => {
  vi.setSystemTime(Date.now() + 3_600_000);
  keeper.check();
  await vi.advanceTimersByTimeAsync(0);
  expect(renewedTokens).toEqual(["007second"]);
});

test("a renewal that comes after the token was exchanged does not take the new one's place", async () => {
  let release: (renewed: Credentials) => void = () => undefined;
  answer = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  const renewal = keeper.renew();
  keeper.take(credentials("join", 3600));
  release(credentials("lobby again", 600));
  expect(await renewal).toBe(true);
  expect(keeper.token).toBe("007join");
  expect(renewedTokens).toEqual([]);
});

test("renewals asked for at the same time are one", async () => {
  let asked = 0;
  answer = async () => {
    asked++;
    return credentials("second", 60);
  };
  await Promise.all([keeper.renew(), keeper.renew(), keeper.renew()]);
  expect(asked).toBe(1);
});

test("before the first token what needs one fails as offline, which is tried again", () => {
  const empty = new TokenKeeper({ renew: () => answer(), onRenewed: () => undefined, onLost: () => undefined });
  expect(() => empty.token).toThrow(expect.objectContaining({ code: "offline" }));
});
