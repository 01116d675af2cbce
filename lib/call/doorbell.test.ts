import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import type { KnockState } from "@/lib/contracts/hosting";
import { Doorbell } from "./doorbell";

const post = vi.fn<(name: string, signal: AbortSignal) => Promise<KnockState>>();
const withdraw = vi.fn(() => Promise.resolve());
let doorbell: Doorbell;
let givingUp: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  post.mockReset().mockResolvedValue("waiting");
  withdraw.mockClear();
  doorbell = new Doorbell({ post, withdraw });
  givingUp = new AbortController();
});
afterEach(() => {
  doorbell.close();
  vi.useRealTimers();
});

/** Rings, and keeps how it ends. */
function ring() {
  const outcome = { is: "waiting" };
  doorbell.ring("Bela", givingUp.signal).then(
    () => {
      outcome.is = "let in";
    },
    (error: AppError) => {
      outcome.is = error.message;
    },
  );
  return outcome;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

test("waits until the host answers", async () => {
  const outcome = ring();
  await settle();
  expect(post).toHaveBeenCalledExactlyOnceWith("Bela", expect.any(AbortSignal));
  expect(outcome.is).toBe("waiting");
  doorbell.noteAnswer(true);
  await settle();
  expect(outcome.is).toBe("let in");
});

test("a refusal is said in words, and one can ring again", async () => {
  const outcome = ring();
  await settle();
  doorbell.noteAnswer(false);
  await settle();
  expect(outcome.is).toBe("The host did not let you in.");
  post.mockResolvedValue("admitted");
  const second = ring();
  await settle();
  expect(second.is).toBe("let in");
});

test("rings again when the stream is back: a server that was restarted knows of nobody", async () => {
  const outcome = ring();
  await settle();
  doorbell.ringAgain();
  await settle();
  expect(post).toHaveBeenCalledTimes(2);
  post.mockResolvedValue("admitted");
  doorbell.ringAgain();
  await settle();
  expect(outcome.is).toBe("let in");
  doorbell.ringAgain();
  expect(post).toHaveBeenCalledTimes(3);
});

test("tries again while the server is away", async () => {
  post
    .mockRejectedValueOnce(new AppError("offline", "away"))
    .mockRejectedValueOnce(new AppError("unavailable", "away"));
  const outcome = ring();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(post).toHaveBeenCalledTimes(3);
  expect(outcome.is).toBe("waiting");
});

test("takes the server's no for an answer, also that it is too soon", async () => {
  for (const code of ["rate_limited", "removed"] as const) {
    post.mockRejectedValueOnce(new AppError(code, `no: ${code}`));
    const outcome = ring();
    await settle();
    expect(outcome.is).toBe(`no: ${code}`);
  }
});

test("giving up tells the server, closing does not", async () => {
  const outcome = ring();
  await settle();
  givingUp.abort();
  await settle();
  expect(outcome.is).toBe("Cancelled.");
  expect(withdraw).toHaveBeenCalledOnce();

  givingUp = new AbortController();
  const second = ring();
  await settle();
  doorbell.close();
  await settle();
  expect(second.is).toBe("Cancelled.");
  expect(withdraw).toHaveBeenCalledOnce();
});

test("a knock that was given up while it was on its way is taken back once it has arrived", async () => {
  let arrive: (state: KnockState) => void = () => undefined;
  post.mockReturnValueOnce(
    new Promise((resolve) => {
      arrive = resolve;
    }),
  );
  ring();
  await settle();
  givingUp.abort();
  await settle();
  // The server may have heard this before the knock.
  expect(withdraw).toHaveBeenCalledOnce();
  arrive("waiting");
  await settle();
  expect(withdraw).toHaveBeenCalledTimes(2);
});

test("one who knocks again meanwhile goes on waiting", async () => {
  let arrive: (state: KnockState) => void = () => undefined;
  post.mockReturnValueOnce(
    new Promise((resolve) => {
      arrive = resolve;
    }),
  );
  ring();
  await settle();
  givingUp.abort();
  await settle();
  givingUp = new AbortController();
  const second = ring();
  await settle();
  arrive("waiting");
  await settle();
  expect(withdraw).toHaveBeenCalledOnce();
  expect(second.is).toBe("waiting");
});

test("nobody rings at a page that does not wait", () => {
  doorbell.ringAgain();
  doorbell.leave();
  doorbell.noteAnswer(true);
  expect(post).not.toHaveBeenCalled();
  expect(withdraw).not.toHaveBeenCalled();
});
