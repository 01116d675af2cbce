import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import { LatestReport } from "./latest-report";

interface Posted {
  value: string;
  resolve(): void;
  reject(error: unknown): void;
}

let posted: Posted[];
let report: LatestReport<string>;

beforeEach(() => {
  vi.useFakeTimers();
  posted = [];
  report = new LatestReport(
    (value) => new Promise<void>((resolve, reject) => posted.push({ value, resolve: () => resolve(), reject })),
  );
});
afterEach(() => {
  report.close();
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const values = () => posted.map(({ value }) => value);

test("one request is in flight, and of what is said meanwhile the last follows", async () => {
  for (const value of ["a", "b", "c"]) report.say(value);
  expect(values()).toEqual(["a"]);
  posted[0]?.resolve();
  await settled();
  expect(values()).toEqual(["a", "c"]);
  posted[1]?.resolve();
  await settled();
  expect(values()).toEqual(["a", "c"]);
});

test("what did not arrive is sent again after a while, or what is so by then", async () => {
  report.say("a");
  posted[0]?.reject(new AppError("offline", "No network."));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(values()).toEqual(["a", "a"]);
  posted[1]?.reject(new AppError("offline", "No network."));
  await settled();
  report.say("b");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(values()).toEqual(["a", "a", "b"]);
});

test("what the server refuses is not sent again, and that is said; the next is sent", async () => {
  const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
  report.say("a");
  posted[0]?.reject(new AppError("invalid_request", "No."));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(values()).toEqual(["a"]);
  expect(warned).toHaveBeenCalledOnce();
  report.say("b");
  expect(values()).toEqual(["a", "b"]);
  warned.mockRestore();
});

test("nothing is sent after the end", async () => {
  report.say("a");
  posted[0]?.reject(new AppError("offline", "No network."));
  report.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(values()).toEqual(["a"]);
});
