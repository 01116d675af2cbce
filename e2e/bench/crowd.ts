import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import * as v from "valibot";
import { Credentials } from "@/lib/contracts/http";
import { Member } from "@/lib/contracts/members";
import type { MeasuredServer } from "./floor-server";
import { Load } from "./load";
import { StreamReader } from "./stream-reader";

const EVENT_EVERY_MS = 25;
const STREAMS_AT_ONCE = 20;
const OPEN_EVERY_MS = 100;
const ARRIVE_TIMEOUT_MS = 5_000;
/** The server pings every 5 s, and the second time a little sooner. */
const SETTLE_TIMEOUT_MS = 20_000;

/**
 * So many at a time, so many times a second: people do not all come at once, and each stream is pinged for ever after in the
 * rhythm in which it was opened.
 */
export async function inTurns<T>(tasks: ReadonlyArray<() => Promise<T>>): Promise<T[]> {
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
export class Crowd {
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
   * One hand after another goes up or down, each of somebody else's of the newest so many, while all streams are open.
   *
   * @param roomSize how many are in the room of each of them
   * @returns how long each was on the way to the last of its room, in milliseconds
   */
  async timeEvents(count: number, { newest, roomSize }: { newest: number; roomSize: number }): Promise<number[]> {
    const people = this.#people.slice(-newest);
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
