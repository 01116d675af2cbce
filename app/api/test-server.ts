import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { ErrorBody } from "@/lib/contracts/errors";
import { Credentials, JoinAnswer, MemberList } from "@/lib/contracts/http";
import { Instance } from "@/lib/contracts/identifiers";
import { CLIENT_ADDRESS_HEADER } from "@/lib/server/client-address";
import type { HubTimings } from "@/lib/server/hub/timings";
import type { Runtime } from "@/lib/server/runtime";
import { makeRuntime } from "@/lib/server/start-runtime";
import * as catchAll from "./[[...path]]/route";
import * as effects from "./effects/[file]/route";
import { EventReader } from "./event-reader";
import * as health from "./health/route";
import * as away from "./members/away/route";
import * as hand from "./members/hand/route";
import * as links from "./members/links/route";
import * as mute from "./members/mute/route";
import * as offer from "./members/offer/route";
import * as pong from "./members/pong/route";
import * as remove from "./members/remove/route";
import * as members from "./members/route";
import * as unmute from "./members/unmute/route";
import * as metrics from "./metrics/route";
import * as problems from "./problems/route";
import * as events from "./rooms/[room]/events/route";
import * as answers from "./rooms/[room]/knocks/answers/route";
import * as knocks from "./rooms/[room]/knocks/route";
import * as messages from "./rooms/[room]/messages/route";
import * as reactions from "./rooms/[room]/reactions/route";
import * as relay from "./rooms/[room]/relay/route";
import * as relaySlots from "./rooms/[room]/relay/slots/route";
import * as rooms from "./rooms/[room]/route";
import * as signals from "./rooms/[room]/signals/route";
import * as token from "./token/route";

type RouteModule = Partial<Record<string, (request: Request) => Promise<Response>>>;

const ROUTES: readonly [RegExp, RouteModule][] = [
  [/^\/api\/token$/, token],
  [/^\/api\/members$/, members],
  [/^\/api\/members\/away$/, away],
  [/^\/api\/members\/hand$/, hand],
  [/^\/api\/members\/links$/, links],
  [/^\/api\/members\/mute$/, mute],
  [/^\/api\/members\/offer$/, offer],
  [/^\/api\/members\/pong$/, pong],
  [/^\/api\/members\/remove$/, remove],
  [/^\/api\/members\/unmute$/, unmute],
  [/^\/api\/health$/, health],
  [/^\/api\/metrics$/, metrics],
  [/^\/api\/effects\/[^/]+$/, effects],
  [/^\/api\/problems$/, problems],
  [/^\/api\/rooms\/[^/]+\/events$/, events],
  [/^\/api\/rooms\/[^/]+$/, rooms],
  [/^\/api\/rooms\/[^/]+\/knocks$/, knocks],
  [/^\/api\/rooms\/[^/]+\/knocks\/answers$/, answers],
  [/^\/api\/rooms\/[^/]+\/messages$/, messages],
  [/^\/api\/rooms\/[^/]+\/reactions$/, reactions],
  [/^\/api\/rooms\/[^/]+\/relay$/, relay],
  [/^\/api\/rooms\/[^/]+\/relay\/slots$/, relaySlots],
  [/^\/api\/rooms\/[^/]+\/signals$/, signals],
  [/^/, catchAll],
];

interface CallOptions {
  token?: string;
  /** Sent as JSON; a string or a stream as it stands. */
  body?: unknown;
  headers?: Record<string, string>;
  address?: string;
  signal?: AbortSignal;
}

interface Answer {
  status: number;
  /** `undefined` when there is none. */
  body: unknown;
  headers: Headers;
}

/** The server without its sockets: real route handlers over a real database in a folder of its own. */
export class TestServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "mychat-test-"));
  readonly #env: Record<string, string>;
  readonly #timings: Partial<HubTimings>;
  runtime: Runtime;

  constructor(env: Record<string, string> = {}, timings: Partial<HubTimings> = {}) {
    this.#timings = timings;
    // The relay's worker is the bundler's to make: tests of its calls put one in `runtime`.
    const usual = { RATE_LIMITS: "off", EMBEDDED_TOPOLOGY: "direct" };
    this.#env = { DATABASE_PATH: join(this.#folder, "test.db"), ...usual, ...env };
    this.runtime = this.#start();
  }

  #start(): Runtime {
    const started = makeRuntime(this.#env, this.#timings);
    globalThis.mychatRuntime = started;
    return started;
  }

  #end(): void {
    this.runtime.hub.stop();
    this.runtime.databaseWatch.stop();
    this.runtime.database.close();
    globalThis.mychatRuntime = undefined;
  }

  /** As a crash and a new start: the database is all that stays. */
  restart(): void {
    this.#end();
    this.runtime = this.#start();
  }

  stop(): void {
    this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async request(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const url = new URL(path, "http://mychat.test");
    const route = ROUTES.find(([pattern]) => pattern.test(url.pathname))?.[1];
    const handler = route?.[method];
    if (!handler) throw new Error(`${path} has no ${method}.`);
    const headers = new Headers({ [CLIENT_ADDRESS_HEADER]: options.address ?? "192.0.2.1" });
    if (options.token !== undefined) headers.set("authorization", `Bearer ${options.token}`);
    const init: RequestInit = { method, headers };
    if (options.body !== undefined) {
      headers.set("content-type", "application/json");
      if (options.body instanceof ReadableStream) Object.assign(init, { body: options.body, duplex: "half" });
      else init.body = typeof options.body === "string" ? options.body : JSON.stringify(options.body);
    }
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    if (options.signal) init.signal = options.signal;
    return handler(new Request(url, init));
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const response = await this.request(method, path, options);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
  }

  /** Opens a room's page: a lobby token for a new uid. */
  async arrive(room = "MAIN"): Promise<TestPerson> {
    const answer = await this.call("POST", "/api/token", { body: { room } });
    return new TestPerson(this, v.parse(Credentials, answer.body));
  }

  /** Joins, with the stream open and its welcome read. */
  async enter(name: string, room = "MAIN"): Promise<TestPerson> {
    const person = await this.arrive(room);
    await person.open();
    await person.join(name);
    await person.received();
    return person;
  }
}

/** One page of one person. */
class TestPerson {
  credentials: Credentials;
  instance = newInstance();
  #server: TestServer;
  #reader: EventReader | undefined;
  #abort = new AbortController();

  constructor(server: TestServer, credentials: Credentials) {
    this.#server = server;
    this.credentials = credentials;
  }

  get uid() {
    return this.credentials.uid;
  }

  /** A call with this person's token. A path with `:room` is given the room. */
  call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const inRoom = path.replace(":room", this.credentials.room);
    return this.#server.call(method, inRoom, { token: this.credentials.token, ...options });
  }

  async join(name: string): Promise<JoinAnswer & { status: number }> {
    const answer = await this.call("POST", "/api/members", { body: { name, instance: this.instance } });
    if (answer.status >= 400) throw new Error(v.parse(ErrorBody, answer.body).error.message);
    const joined = v.parse(JoinAnswer, answer.body);
    this.credentials = joined;
    return { ...joined, status: answer.status };
  }

  /** Opens the event stream. */
  async open(lastEventId?: string): Promise<void> {
    this.#abort = new AbortController();
    const response = await this.#server.request(
      "GET",
      `/api/rooms/${this.credentials.room}/events?instance=${this.instance}`,
      {
        token: this.credentials.token,
        signal: this.#abort.signal,
        ...(lastEventId === undefined ? {} : { headers: { "last-event-id": lastEventId } }),
      },
    );
    if (!response.ok || !response.body) throw new Error(`The stream was refused: ${await response.text()}`);
    this.#reader = new EventReader(response.body);
  }

  /** The connection breaks. */
  drop(): void {
    this.#abort.abort();
  }

  reload(): void {
    this.drop();
    this.instance = newInstance();
  }

  /** The events that came since this was last asked. */
  received() {
    return this.#openReader().received();
  }

  get lastEventId(): string {
    return this.#openReader().lastEventId;
  }

  get isStreamOpen(): boolean {
    return this.#openReader().isOpen;
  }

  #openReader(): EventReader {
    if (!this.#reader) throw new Error("The stream was not opened.");
    return this.#reader;
  }

  pong() {
    return this.call("POST", "/api/members/pong", { body: { ping: 1 } });
  }

  async roster() {
    return v.parse(MemberList, (await this.call("GET", "/api/members")).body);
  }
}

export function newInstance(): Instance {
  return v.parse(Instance, randomUUID());
}

/** The code and the sentence of a refusal. */
export function refusal(answer: Answer): { status: number; code: string; message: string } {
  return { status: answer.status, ...v.parse(ErrorBody, answer.body).error };
}
