import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { createParser } from "eventsource-parser";
import * as v from "valibot";
import { parseRoomEvent, type RoomEvent } from "@/lib/contracts/events";
import { Credentials, type OutgoingSignal } from "@/lib/contracts/http";
import { Instance, type Uid } from "@/lib/contracts/identifiers";
import type { Answer, HttpClient } from "./http-client";
import type { Tally } from "./tally";

/** As long as a browser's description of sound and picture; a candidate is some hundred. */
const DESCRIPTION = "v=0\r\n".padEnd(4_000, "a=candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host\r\n");
const CANDIDATE = "candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host generation 0 ufrag abcd network-id 1";

interface Heard {
  /** By sender: how many, and whether each came after the one before it. */
  messages: Map<Uid, number>;
  signals: Map<Uid, number>;
  disorders: string[];
}

/** One page of one person: speaks the contract as the app's own does, and counts what it is told. */
export class LoadPerson {
  readonly room: string;
  readonly instance = v.parse(Instance, randomUUID());
  readonly heard: Heard = { messages: new Map(), signals: new Map(), disorders: [] };
  /** Who is in the room, as the stream says. */
  readonly others = new Map<Uid, Instance>();
  readonly sentSignals = new Map<Uid, number>();
  messagesSent = 0;
  uid: Uid | undefined;
  problems: string[] = [];
  #token = "";
  #stream: IncomingMessage | undefined;
  #seq = 0;
  #waiting: OutgoingSignal[] = [];
  #isSending = false;
  readonly #http: HttpClient;
  readonly #tally: Tally;

  constructor(room: string, http: HttpClient, tally: Tally) {
    this.room = room;
    this.#http = http;
    this.#tally = tally;
  }

  /** The page before joining: a lobby token and the stream. @returns the refusal of it, if it was refused */
  async arrive(): Promise<Answer | undefined> {
    const lobby = await this.#http.call("POST token", "POST", "/api/token", { body: { room: this.room } });
    if (lobby.status !== 200) return lobby;
    const { token, uid } = v.parse(Credentials, lobby.body);
    this.#token = token;
    this.uid = uid;
    const stream = await this.#http.openStream(`/api/rooms/${this.room}/events?instance=${this.instance}`, token);
    if (stream.statusCode !== 200) {
      stream.resume();
      return { status: stream.statusCode ?? 0, body: undefined, retryAfter: stream.headers["retry-after"] };
    }
    this.#stream = stream;
    this.#read(stream);
    return undefined;
  }

  /** The click: a member, and an offer to everyone who is there. */
  async join(name: string): Promise<void> {
    const body = { name, instance: this.instance };
    const joined = await this.#http.call("POST members", "POST", "/api/members", { token: this.#token, body });
    if (joined.status !== 201) throw new Error(`${name} was refused: ${JSON.stringify(joined.body)}`);
    this.#token = v.parse(Credentials, joined.body).token;
    for (const [uid, instance] of this.others) {
      this.#signal(uid, instance, { description: DESCRIPTION });
      for (let n = 0; n < 3; n++) this.#signal(uid, instance, { candidate: CANDIDATE });
    }
  }

  async say(): Promise<void> {
    const clientId = randomUUID();
    // In it, its number and when it was sent, for whoever counts it.
    const text = `${this.messagesSent++} ${performance.now()} ${"a few words ".repeat(5)}`;
    await this.#expect(201, "POST messages", "POST", `/api/rooms/${this.room}/messages`, { clientId, text });
  }

  async roster(): Promise<unknown> {
    return (await this.#http.call("GET members", "GET", "/api/members", { token: this.#token })).body;
  }

  async leave(): Promise<void> {
    await this.#expect(204, "DELETE members", "DELETE", "/api/members", undefined);
  }

  close(): void {
    this.#stream?.destroy();
  }

  /** Whether all that it has to say is said. */
  get isIdle(): boolean {
    return !this.#isSending && this.#waiting.length === 0;
  }

  async #expect(status: number, what: string, method: string, path: string, body: unknown): Promise<void> {
    const answer = await this.#http.call(what, method, path, { token: this.#token, body });
    if (answer.status !== status) this.problems.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  #read(stream: IncomingMessage): void {
    const parser = createParser({
      onEvent: ({ event = "message", data }) => {
        const parsed = parseRoomEvent(event, data);
        if (parsed) this.#take(parsed);
      },
    });
    stream.setEncoding("utf8").on("data", (text: string) => parser.feed(text));
    // Destroyed by `close`, or with the server: what is missing shows when it is counted.
    stream.on("error", () => undefined);
  }

  #take(event: RoomEvent): void {
    switch (event.type) {
      case "welcome":
        for (const { uid, instance } of event.data.members) if (uid !== this.uid) this.others.set(uid, instance);
        break;
      case "member-joined":
      case "member-updated":
        if (event.data.uid !== this.uid) this.others.set(event.data.uid, event.data.instance);
        break;
      case "member-left":
        this.others.delete(event.data.uid);
        break;
      case "ping":
        void this.#expect(204, "POST pong", "POST", "/api/members/pong", event.data);
        break;
      case "message": {
        const [number = "", sentAtMs = ""] = event.data.text.split(" ");
        this.#tally.add("event: message", performance.now() - Number(sentAtMs));
        this.#count("messages", event.data.uid, Number(number));
        break;
      }
      case "signal": {
        const { n, sentAtMs, description } = event.data.signal as { n: number; sentAtMs: number; description?: string };
        this.#tally.add("event: signal", performance.now() - sentAtMs);
        this.#count("signals", event.data.from, n);
        // An offer is answered; an answer is not.
        if (description?.startsWith("v=0") && !("answers" in (event.data.signal as object))) {
          this.#signal(event.data.from, event.data.fromInstance, { description, answers: true });
        }
        break;
      }
      default:
    }
  }

  /** Each sender numbers what is for this page: the next one must be the next. */
  #count(kind: "messages" | "signals", from: Uid, number: number): void {
    const next = this.heard[kind].get(from) ?? 0;
    if (number !== next) this.heard.disorders.push(`${kind} of ${from}: ${number} where ${next} was due`);
    this.heard[kind].set(from, number + 1);
  }

  #signal(to: Uid, toInstance: Instance, signal: Record<string, string | boolean>): void {
    const n = this.sentSignals.get(to) ?? 0;
    this.sentSignals.set(to, n + 1);
    const stamped = { ...signal, n, sentAtMs: performance.now() };
    this.#waiting.push({ to, toInstance, seq: this.#seq++, signal: stamped });
    if (!this.#isSending) void this.#sendSignals();
  }

  /** One request in flight, with all that waits. */
  async #sendSignals(): Promise<void> {
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      const signals = this.#waiting.splice(0, 40);
      await this.#expect(202, "POST signals", "POST", `/api/rooms/${this.room}/signals`, { signals });
    }
    this.#isSending = false;
  }
}
