import * as v from "valibot";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import { Uid } from "@/lib/contracts/identifiers";
import type { UnreachablePeer } from "@/lib/contracts/members";
import { LinkReport } from "./link-report";

const peer = (uid: number): UnreachablePeer => ({ uid: v.parse(Uid, uid), obstacle: "no-turn" });
const [riya, rahul] = [peer(1), peer(2)];

const post = vi.fn<(unreachable: UnreachablePeer[]) => Promise<void>>();
const posted = () => post.mock.calls.map(([unreachable]) => unreachable);
const settle = () => vi.advanceTimersByTimeAsync(0);
let report: LinkReport;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  post.mockReset().mockResolvedValue();
  report = new LinkReport(post);
});
afterEach(() => {
  report.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("nothing is sent before this page is a member, nor while there is nothing to say", async () => {
  report.say([riya]);
  await settle();
  expect(posted()).toEqual([]);
  report.noteKnown([]);
  await settle();
  expect(posted()).toEqual([[riya]]);
});

test("what is the same is said once, in whatever order, and what changes is said anew", async () => {
  report.noteKnown([]);
  report.say([]);
  report.say([riya, rahul]);
  await settle();
  report.say([rahul, riya]);
  report.noteKnown([rahul, riya]);
  await settle();
  expect(posted()).toEqual([[riya, rahul]]);
  report.say([rahul]);
  await settle();
  expect(posted()).toEqual([[riya, rahul], [rahul]]);
});

test("a request that was lost is sent again, with what is so by then", async () => {
  report.noteKnown([]);
  post.mockRejectedValueOnce(new AppError("offline", "away"));
  report.say([riya]);
  await settle();
  report.say([riya, rahul]);
  await settle();
  expect(posted()).toEqual([[riya]]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(posted()).toEqual([[riya], [riya, rahul]]);
});

test("a server that was restarted is told again", async () => {
  report.noteKnown([]);
  report.say([riya]);
  await settle();
  report.noteKnown([]);
  await settle();
  expect(posted()).toEqual([[riya], [riya]]);
});

test("what the server leaves out, or refuses, is not said over and over", async () => {
  report.noteKnown([]);
  report.say([riya, rahul]);
  await settle();
  report.noteKnown([riya]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(posted()).toHaveLength(2);
  post.mockRejectedValueOnce(new AppError("invalid_request", "no"));
  report.say([rahul]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(posted()).toHaveLength(3);
});
