import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import type { RoomEvent } from "@/lib/contracts/events";
import { EventStream } from "./event-stream";

/** A server's side of the stream, played by hand: each opening is kept, with what it asked for. */
function playedServer() {
  const openings: Array<{
    lastEventId: string | undefined;
    signal: AbortSignal;
    send: (text: string) => void;
    end: () => void;
  }> = [];
  let refusal: AppError | undefined;
  const open = (lastEventId: string | undefined, signal: AbortSignal) =>
    new Promise<ReadableStream<Uint8Array>>((accept, refuse) => {
      if (refusal) return refuse(refusal);
      const encoder = new TextEncoder();
      accept(
        new ReadableStream({
          start(controller) {
            signal.addEventListener("abort", () => controller.error(signal.reason));
            openings.push({
              lastEventId,
              signal,
              send: (text) => controller.enqueue(encoder.encode(text)),
              end: () => controller.close(),
            });
          },
        }),
      );
    });
  return {
    openings,
    open,
    refuse: (error: AppError | undefined) => {
      refusal = error;
    },
  };
}

const ping = (id: string, number: number) => `id: ${id}\nevent: ping\ndata: {"ping":${number}}\n\n`;

let server: ReturnType<typeof playedServer>;
let events: RoomEvent[];
let connections: boolean[];
let refused: AppError[];
let goOn: boolean;
let stream: EventStream;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  server = playedServer();
  events = [];
  connections = [];
  refused = [];
  goOn = true;
});
afterEach(async () => {
  stream.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function start() {
  stream = new EventStream({
    open: server.open,
    onEvent: (event) => events.push(event),
    onConnectionChange: (isConnected) => connections.push(isConnected),
    onRefused: async (error) => {
      refused.push(error);
      return goOn;
    },
  });
  await vi.advanceTimersByTimeAsync(0);
}

test("events arrive in order, also when the bytes are cut in odd places", async () => {
  await start();
  const text = ping("A-1", 1) + ping("A-2", 2);
  for (const letter of text) server.openings[0]?.send(letter);
  await vi.advanceTimersByTimeAsync(0);
  expect(events).toEqual([
    { type: "ping", data: { ping: 1 } },
    { type: "ping", data: { ping: 2 } },
  ]);
});

test("what came together is told in one go, before anything that it sets off", async () => {
  const told: string[] = [];
  stream = new EventStream({
    open: server.open,
    onEvent: (event) => {
      told.push(event.type);
      queueMicrotask(() => told.push("drawn"));
    },
    onConnectionChange: () => undefined,
    onRefused: async () => false,
  });
  await vi.advanceTimersByTimeAsync(0);
  server.openings[0]?.send(ping("A-1", 1) + ping("A-2", 2));
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(["ping", "ping", "drawn", "drawn"]);
});

test("a lost stream is opened again within two seconds, from where it was cut", async () => {
  await start();
  server.openings[0]?.send(ping("A-7", 1));
  await vi.advanceTimersByTimeAsync(0);
  server.openings[0]?.end();
  await vi.advanceTimersByTimeAsync(2000);
  expect(server.openings.map(({ lastEventId }) => lastEventId)).toEqual([undefined, "A-7"]);
  expect(connections).toEqual([true, false, true]);
});

test("a stream that is silent for twelve seconds is opened again, and one with pings is not", async () => {
  await start();
  await vi.advanceTimersByTimeAsync(11_000);
  server.openings[0]?.send(ping("A-1", 1));
  await vi.advanceTimersByTimeAsync(11_900);
  expect(server.openings).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100 + 2000);
  expect(server.openings).toHaveLength(2);
  expect(server.openings[0]?.signal.aborted).toBe(true);
});

test("a server that is away is asked again and again, with waits of two seconds at most", async () => {
  server.refuse(new AppError("offline", "away"));
  await start();
  await vi.advanceTimersByTimeAsync(60_000);
  server.refuse(undefined);
  await vi.advanceTimersByTimeAsync(2000);
  expect(server.openings).toHaveLength(1);
  expect(refused).toEqual([]);
});

test.each(["at_capacity", "rate_limited"] as const)(
  "a server that is busy (%s) is left alone for as long as it asks, also by a page that is woken",
  async (code) => {
    server.refuse(new AppError(code, "busy", { retryAfterSeconds: 60 }));
    await start();
    server.refuse(undefined);
    await vi.advanceTimersByTimeAsync(30_000);
    stream.hurry();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(server.openings).toHaveLength(0);
    // And then not in step with everyone else who was told the same.
    await vi.advanceTimersByTimeAsync(2);
    expect(server.openings).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(500);
    expect(server.openings).toHaveLength(1);
    expect(refused).toEqual([]);
  },
);

test("a server that is being started is asked again as soon as one that is away", async () => {
  server.refuse(new AppError("unavailable", "starting", { retryAfterSeconds: 5 }));
  await start();
  server.refuse(undefined);
  await vi.advanceTimersByTimeAsync(500);
  expect(server.openings).toHaveLength(1);
});

test("a page that closes need not wait for as long as the server asks", async () => {
  server.refuse(new AppError("at_capacity", "busy", { retryAfterSeconds: 60 }));
  await start();
  stream.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("without a network the stream counts as lost at once, and goes on from where it was", async () => {
  await start();
  server.openings[0]?.send(ping("A-7", 1));
  await vi.advanceTimersByTimeAsync(0);
  server.refuse(new AppError("offline", "away"));
  stream.interrupt();
  await vi.advanceTimersByTimeAsync(0);
  expect(connections).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(4000);
  server.refuse(undefined);
  stream.hurry();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.openings.map(({ lastEventId }) => lastEventId)).toEqual([undefined, "A-7"]);
  expect(connections).toEqual([true, false, true]);
});

test("a woken page does not wait", async () => {
  await start();
  server.openings[0]?.end();
  await vi.advanceTimersByTimeAsync(0);
  stream.hurry();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.openings).toHaveLength(2);
});

test("a woken page opens anew what has been silent for a while, and nothing else", async () => {
  await start();
  await vi.advanceTimersByTimeAsync(5000);
  stream.hurry();
  expect(server.openings[0]?.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1001);
  stream.hurry();
  await vi.advanceTimersByTimeAsync(500);
  expect(server.openings).toHaveLength(2);
});

test("a computer that slept opens its stream anew when it wakes, though its timers stood still meanwhile", async () => {
  await start();
  vi.setSystemTime(Date.now() + 60_000);
  stream.hurry();
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.openings).toHaveLength(2);
});

test("an event that its handler fails on does not come again and again", async () => {
  stream = new EventStream({
    open: server.open,
    onEvent: () => {
      throw new Error("a mistake");
    },
    onConnectionChange: (isConnected) => connections.push(isConnected),
    onRefused: async () => true,
  });
  await vi.advanceTimersByTimeAsync(0);
  server.openings[0]?.send(ping("A-1", 1));
  await vi.advanceTimersByTimeAsync(0);
  server.openings[0]?.end();
  await vi.advanceTimersByTimeAsync(2000);
  expect(server.openings.map(({ lastEventId }) => lastEventId)).toEqual([undefined, "A-1"]);
});

test("a refusal is somebody's decision: go on with a new token, or stop", async () => {
  server.refuse(new AppError("token_expired", "old"));
  await start();
  expect(refused).toHaveLength(1);
  goOn = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(refused).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(refused).toHaveLength(2);
});

test("an event that cannot be read, or that is not known, does not end the stream", async () => {
  await start();
  server.openings[0]?.send("id: A-1\nevent: ping\ndata: {broken\n\n");
  server.openings[0]?.send("id: A-2\nevent: from-the-future\ndata: {}\n\n");
  server.openings[0]?.send(ping("A-3", 3));
  await vi.advanceTimersByTimeAsync(0);
  expect(events).toEqual([{ type: "ping", data: { ping: 3 } }]);
});
