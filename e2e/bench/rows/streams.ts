import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import * as v from "valibot";
import { type MeasuredServer, startFloorServer } from "@/e2e/bench/floor-server";
import { Inspector } from "@/e2e/bench/inspector";
import { Load } from "@/e2e/bench/load";
import { nextServerIn, residentBytesOf } from "@/e2e/bench/processes";
import type { BenchRun, Row } from "@/e2e/bench/row";
import { percentile } from "@/e2e/bench/statistics";
import { StreamReader } from "@/e2e/bench/stream-reader";
import { startAppServer } from "@/e2e/support/app-server";
import { Credentials } from "@/lib/contracts/http";
import { Member } from "@/lib/contracts/members";

const STREAMS = 1_000;
const SMALL_ROOM = 5;
const LARGE_ROOM = 100;
const EVENTS = 100;
const QUICK_EVENTS = 30;
const EVENT_EVERY_MS = 25;
const STREAMS_AT_ONCE = 20;
const OPEN_EVERY_MS = 100;
const ARRIVE_TIMEOUT_MS = 5_000;
/** The server pings every 5 s, and the second time a little sooner. */
const SETTLE_TIMEOUT_MS = 20_000;

/** Calls that a server answers before it is measured: what it compiles and caches for any is not a stream's. */
const WARM_STREAMS = 100;

interface Samples {
  app: StreamMemory[];
  floor: StreamMemory[];
  smallP99: number[];
  largeP99: number[];
}

/** Kilobytes a stream. */
interface StreamMemory {
  resident: number;
  held: number;
}

/** Event streams: what each holds, and how fast an event is with everyone in a room. */
export const streams: Row = {
  name: "streams",
  async run(bench) {
    const samples: Samples = { app: [], floor: [], smallP99: [], largeP99: [] };
    for (let round = 0; round < bench.repetitions; round++) {
      samples.floor.push(await measureFloor());
      await measureApp(bench, samples);
      const [app, floor] = [samples.app.at(-1), samples.floor.at(-1)];
      bench.say(
        `${round}: ${app?.resident.toFixed(1)} KB a stream, floor ${floor?.resident.toFixed(1)} KB; p99 ${samples.smallP99.at(-1)?.toFixed(1)} and ${samples.largeP99.at(-1)?.toFixed(1)} ms`,
      );
    }
    const both = (part: keyof StreamMemory) => ({
      app: samples.app.map((memory) => memory[part]),
      floor: samples.floor.map((memory) => memory[part]),
    });
    return {
      title: "Event streams",
      method:
        `${STREAMS.toLocaleString("en")} open streams of members in rooms of ${SMALL_ROOM}, each answering the server's pings; then ${LARGE_ROOM} more in one room, ` +
        "measured once all have answered a ping since the last came in. " +
        "Memory is what the serving process has more than before, by stream, after its garbage was collected. An event is a raised or lowered hand: " +
        "from the call that causes it until the last of the room has it, everything on this machine. Floor: a route that opens a stream and does nothing.",
      figures: [
        { what: "resident memory, a stream", unit: "KB", ...both("resident"), toReach: "≤ 1.5 × the floor" },
        { what: "of JavaScript's objects and buffers, a stream", unit: "KB", ...both("held") },
        {
          what: `an event to all of a room of ${SMALL_ROOM}, p99`,
          unit: "ms",
          app: samples.smallP99,
          toReach: "≤ 50 ms",
        },
        {
          what: `an event to all of a room of ${LARGE_ROOM}, p99`,
          unit: "ms",
          app: samples.largeP99,
          toReach: "≤ 50 ms",
        },
      ],
      notes: [],
    };
  },
};

async function measureFloor(): Promise<StreamMemory> {
  const server = await startFloorServer(Inspector.env);
  try {
    const open = (count: number) =>
      inTurns(Array.from({ length: count }, () => () => StreamReader.open(`${server.url}/api/stream`)));
    const warm = await open(WARM_STREAMS);
    for (const reader of warm) reader.close();
    const memory = await MemoryWatch.of(server);
    const readers = await open(STREAMS);
    const taken = await memory.taken();
    for (const reader of readers) reader.close();
    return taken;
  } finally {
    await server.stop();
  }
}

async function measureApp(bench: BenchRun, samples: Samples): Promise<void> {
  const server = await startAppServer({
    env: { ...Inspector.env, RATE_LIMITS: "off", EMBEDDED_MAX_MEMBERS: String(LARGE_ROOM) },
  });
  const crowd = new Crowd(server);
  try {
    await crowd.enter(WARM_STREAMS, SMALL_ROOM, "WARM");
    await crowd.leave();
    const memory = await MemoryWatch.of(server);
    await crowd.enter(STREAMS, SMALL_ROOM, "SMALL");
    samples.app.push(await memory.taken());
    const count = bench.isQuick ? QUICK_EVENTS : EVENTS;
    await crowd.settled();
    samples.smallP99.push(percentile(await crowd.timeEvents(count, SMALL_ROOM), 99));
    await crowd.enter(LARGE_ROOM, LARGE_ROOM, "LARGE");
    await crowd.settled();
    samples.largeP99.push(percentile(await crowd.timeEvents(count, LARGE_ROOM), 99));
  } finally {
    await crowd.leave();
    crowd.close();
    await server.stop();
  }
}

/** What a server holds more than when the watch began. */
class MemoryWatch {
  readonly #pid: number;
  readonly #inspector: Inspector;
  readonly #before: { resident: number; held: number };

  private constructor(pid: number, inspector: Inspector, before: { resident: number; held: number }) {
    this.#pid = pid;
    this.#inspector = inspector;
    this.#before = before;
  }

  static async of(server: MeasuredServer): Promise<MemoryWatch> {
    const pid = nextServerIn(server.pid);
    const inspector = await Inspector.attach(pid, server);
    return new MemoryWatch(pid, inspector, await read(pid, inspector));
  }

  async taken(): Promise<StreamMemory> {
    const { resident, held } = await read(this.#pid, this.#inspector);
    this.#inspector.close();
    return {
      resident: (resident - this.#before.resident) / STREAMS / 1000,
      held: (held - this.#before.held) / STREAMS / 1000,
    };
  }
}

async function read(pid: number, inspector: Inspector): Promise<{ resident: number; held: number }> {
  const { heapUsed, external } = await inspector.collectedMemory();
  return { resident: residentBytesOf(pid), held: heapUsed + external };
}

/**
 * So many at a time, so many times a second: people do not all come at once, and each stream is pinged for ever after in the
 * rhythm in which it was opened.
 */
async function inTurns<T>(tasks: ReadonlyArray<() => Promise<T>>): Promise<T[]> {
  const done: T[] = [];
  for (let index = 0; index < tasks.length; index += STREAMS_AT_ONCE) {
    const opened = tasks.slice(index, index + STREAMS_AT_ONCE).map((task) => task());
    done.push(...(await Promise.all(opened)));
    await delay(OPEN_EVERY_MS);
  }
  return done;
}

interface Person {
  uid: number;
  room: string;
  token: string;
  /** What the stream was opened with, and answers pings with. */
  lobbyToken: string;
  reader: StreamReader;
}

/** Members with open streams, as so many pages would have. */
class Crowd {
  readonly #server: MeasuredServer;
  readonly #load: Load;
  #people: Person[] = [];
  #isClosed = false;
  /** Lobby tokens of those who have still to answer a ping. */
  readonly #unsettled = new Set<string>();
  #onSettled: (() => void) | undefined;
  /** Told of every change of a member that anyone hears of. */
  #onUpdate: ((uid: number, isHandRaised: boolean) => void) | undefined;

  constructor(server: MeasuredServer) {
    this.#server = server;
    this.#load = new Load(server);
  }

  async enter(count: number, perRoom: number, rooms: string): Promise<void> {
    const roomOf = (index: number) => `${rooms}-${Math.floor(index / perRoom)}`;
    const indices = Array.from({ length: count }, (_, index) => index);
    const lobby = await this.#load.run(
      indices.map((index) => ({ method: "POST", path: "/api/token", body: { room: roomOf(index) } })),
    );
    const instances = indices.map(() => randomUUID());
    const visitors = lobby.answers.map(({ body }) => v.parse(Credentials, JSON.parse(body)));
    const readers = await inTurns(
      visitors.map(({ room, token }, index) => () => {
        const url = `${this.#server.url}/api/rooms/${room}/events?instance=${instances[index]}`;
        return StreamReader.open(url, { token, onEvent: (type, data) => this.#onEvent(token, type, data) });
      }),
    );
    const joined = await this.#load.run(
      visitors.map(({ token }, index) => ({
        method: "POST",
        path: "/api/members",
        token,
        body: { name: "SOMEONE", instance: instances[index] },
      })),
    );
    joined.answers.forEach(({ body }, index) => {
      const { uid, room, token } = v.parse(Credentials, JSON.parse(body));
      const [reader, visitor] = [readers[index], visitors[index]];
      if (reader && visitor) this.#people.push({ uid, room, token, lobbyToken: visitor.token, reader });
    });
  }

  /**
   * One hand after another goes up or down, each of somebody else's in a room of that size, while all streams are open.
   *
   * @returns how long each was on the way to the last of its room, in milliseconds
   */
  async timeEvents(count: number, roomSize: number): Promise<number[]> {
    const newest = this.#people.slice(-Math.max(roomSize, STREAMS));
    const people = roomSize === LARGE_ROOM ? newest.slice(-LARGE_ROOM) : newest;
    const tookMs: number[] = [];
    for (let index = 0; index < count; index++) {
      const person = people[(index * 7) % people.length];
      if (person) tookMs.push(await this.#timeEvent(person, roomSize, true));
      if (person) await this.#timeEvent(person, roomSize, false);
      await delay(EVENT_EVERY_MS);
    }
    return tookMs;
  }

  /**
   * Waits until everyone has answered one more ping. They came in all at once, as people do not; what was due in that time
   * is still being answered, and an event would be behind it.
   */
  async settled(): Promise<void> {
    for (const { lobbyToken } of this.#people) this.#unsettled.add(lobbyToken);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.#unsettled.size} have answered no ping.`)),
        SETTLE_TIMEOUT_MS,
      );
      this.#onSettled = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#onSettled = undefined;
  }

  /** Everyone goes, and the streams with them. */
  async leave(): Promise<void> {
    const people = this.#people.splice(0);
    await this.#load.run(people.map(({ token }) => ({ method: "DELETE", path: "/api/members", token })));
    for (const { reader } of people) reader.close();
  }

  close(): void {
    this.#isClosed = true;
    this.#load.close();
  }

  #timeEvent(person: Person, roomSize: number, isRaised: boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const startedMs = performance.now();
      const timer = setTimeout(() => reject(new Error(`Only ${heard} of ${roomSize} heard of it.`)), ARRIVE_TIMEOUT_MS);
      let heard = 0;
      this.#onUpdate = (uid, isHandRaised) => {
        if (uid !== person.uid || isHandRaised !== isRaised || ++heard < roomSize) return;
        clearTimeout(timer);
        resolve(performance.now() - startedMs);
      };
      const call = { method: "POST", path: "/api/members/hand", token: person.token, body: { isRaised } } as const;
      this.#load.call(call).catch(reject);
    });
  }

  #onEvent(token: string, type: string, data: string): void {
    if (type === "ping") {
      this.#answer(token, JSON.parse(data)).catch((error: unknown) => {
        // The server is stopped with streams open.
        if (!this.#isClosed) console.warn("A ping could not be answered.", error);
      });
    } else if (type === "member-updated") {
      const { uid, handRaisedAt } = v.parse(Member, JSON.parse(data));
      this.#onUpdate?.(uid, handRaisedAt !== null);
    }
  }

  async #answer(token: string, ping: unknown): Promise<void> {
    await this.#load.call({ method: "POST", path: "/api/members/pong", token, body: ping });
    if (this.#unsettled.delete(token) && this.#unsettled.size === 0) this.#onSettled?.();
  }
}
