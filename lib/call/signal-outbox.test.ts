import * as v from "valibot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import type { OutgoingSignal } from "@/lib/contracts/http";
import { Instance, Uid } from "@/lib/contracts/identifiers";
import { SignalOutbox } from "./signal-outbox";

const toInstance = v.parse(Instance, "8f14e45f-ceea-4670-8b9e-6a1c1f5c4d2a");
const riya = v.parse(Uid, 7);
const rahul = v.parse(Uid, 8);

/** Requests that the test answers by hand. */
function heldRequests() {
  const batches: OutgoingSignal[][] = [];
  const answers: Array<{ accept: () => void; refuse: (error: unknown) => void }> = [];
  const post = (signals: OutgoingSignal[]) =>
    new Promise<void>((accept, refuse) => {
      batches.push(signals);
      answers.push({ accept, refuse });
    });
  return { batches, answers, post };
}

function openOutbox(post: ConstructorParameters<typeof SignalOutbox>[0]): SignalOutbox {
  const outbox = new SignalOutbox(post);
  outbox.open([]);
  return outbox;
}

const signalsOf = (batch: OutgoingSignal[] | undefined) => batch?.map(({ signal }) => signal);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockReturnValue(undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("one request is in flight, and what comes meanwhile goes in the next, in order", async () => {
  const { batches, answers, post } = heldRequests();
  const outbox = openOutbox(post);
  outbox.push({ to: riya, toInstance, signal: "offer" });
  outbox.push({ to: riya, toInstance, signal: "candidate 1" });
  await vi.advanceTimersByTimeAsync(0);
  outbox.push({ to: riya, toInstance, signal: "candidate 2" });
  outbox.push({ to: rahul, toInstance, signal: "offer" });
  await vi.advanceTimersByTimeAsync(1000);
  expect(batches.map(signalsOf)).toEqual([["offer", "candidate 1"]]);

  answers[0]?.accept();
  await vi.advanceTimersByTimeAsync(0);
  expect(signalsOf(batches[1])).toEqual(["candidate 2", "offer"]);
  expect(batches.flat().map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
});

test("a request that was lost is sent again, as it was, until it arrives", async () => {
  const { batches, answers, post } = heldRequests();
  const outbox = openOutbox(post);
  outbox.push({ to: riya, toInstance, signal: "offer" });
  await vi.advanceTimersByTimeAsync(0);
  answers[0]?.refuse(new AppError("offline", "away"));
  await vi.advanceTimersByTimeAsync(2000);
  answers[1]?.refuse(new AppError("unavailable", "away"));
  await vi.advanceTimersByTimeAsync(2000);
  expect(batches).toHaveLength(3);
  expect(batches[2]).toEqual(batches[0]);
});

test("a batch that the server will never take does not hold up the next", async () => {
  const { batches, answers, post } = heldRequests();
  const outbox = openOutbox(post);
  outbox.push({ to: riya, toInstance, signal: "bad" });
  await vi.advanceTimersByTimeAsync(0);
  outbox.push({ to: riya, toInstance, signal: "good" });
  answers[0]?.refuse(new AppError("invalid_request", "no"));
  await vi.advanceTimersByTimeAsync(0);
  expect(signalsOf(batches[1])).toEqual(["good"]);
});

test("what waits for someone who has gone is forgotten", async () => {
  const { batches, answers, post } = heldRequests();
  const outbox = openOutbox(post);
  outbox.push({ to: riya, toInstance, signal: "first" });
  await vi.advanceTimersByTimeAsync(0);
  outbox.push({ to: riya, toInstance, signal: "for riya" });
  outbox.push({ to: rahul, toInstance, signal: "for rahul" });
  outbox.forget(riya);
  answers[0]?.accept();
  await vi.advanceTimersByTimeAsync(0);
  expect(signalsOf(batches[1])).toEqual(["for rahul"]);
});

test("nothing is sent after closing", async () => {
  const { batches, answers, post } = heldRequests();
  const outbox = openOutbox(post);
  outbox.push({ to: riya, toInstance, signal: "offer" });
  await vi.advanceTimersByTimeAsync(0);
  outbox.close();
  answers[0]?.refuse(new AppError("aborted", "cancelled"));
  outbox.push({ to: riya, toInstance, signal: "late" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(batches).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("what is said before there is a seat waits for it, and what went with the request is not sent again", async () => {
  const { batches, post } = heldRequests();
  const outbox = new SignalOutbox(post);
  outbox.push({ to: riya, toInstance, signal: "offer" });
  const ahead = outbox.next;
  expect(ahead).toEqual([{ to: riya, toInstance, signal: "offer", seq: 0 }]);
  outbox.push({ to: riya, toInstance, signal: "candidate" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(batches).toEqual([]);
  outbox.open(ahead);
  await vi.advanceTimersByTimeAsync(0);
  expect(batches).toEqual([[{ to: riya, toInstance, signal: "candidate", seq: 1 }]]);
});

test("where there is no seat, what was said for it is forgotten, and its numbers are not used again", async () => {
  const { batches, post } = heldRequests();
  const outbox = new SignalOutbox(post);
  outbox.push({ to: riya, toInstance, signal: "offer" });
  outbox.clear();
  outbox.push({ to: riya, toInstance, signal: "next offer" });
  expect(outbox.next.map(({ seq }) => seq)).toEqual([1]);
  outbox.open([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(batches.map(signalsOf)).toEqual([["next offer"]]);
});

test("more than fits into a request goes in several", async () => {
  const { batches, answers, post } = heldRequests();
  const outbox = new SignalOutbox(post);
  const all = Array.from({ length: 70 }, (_, index) => `offer ${index}`);
  for (const signal of all) outbox.push({ to: riya, toInstance, signal });
  const ahead = outbox.next;
  expect(ahead.length).toBeLessThan(70);
  outbox.open(ahead);
  for (let answered = 0; answered < 3; answered++) {
    await vi.advanceTimersByTimeAsync(0);
    answers[answered]?.accept();
  }
  expect([ahead, ...batches].flatMap(signalsOf)).toEqual(all);
  expect(batches.length).toBeGreaterThan(1);
});
