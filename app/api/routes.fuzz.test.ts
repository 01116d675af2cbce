import { randomUUID } from "node:crypto";
import fc from "fast-check";
import * as v from "valibot";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { ErrorBody } from "@/lib/contracts/errors";
import { Credentials, MediaProblem } from "@/lib/contracts/http";
import { REACTIONS } from "@/lib/contracts/reactions";
import { API_ROUTES } from "@/lib/server/api-routes";
import { TestServer } from "./test-server";

/** Every route, by every kind of caller, with whatever can be sent: an answer of the contract, never a 5xx, never none. */

type Person = Awaited<ReturnType<TestServer["enter"]>>;

const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;
const MAX_MS = 2_000;

let server: TestServer;
let host: Person;
let member: Person;
let tokens: Record<string, string | undefined>;
let warnings: MockInstance<typeof console.error>;

beforeAll(async () => {
  server = new TestServer({ METRICS_TOKEN: "0123456789abcdef", EMBEDDED_MAX_MEMBERS: "20" });
});
beforeEach(async () => {
  warnings = vi.spyOn(console, "error").mockImplementation(() => undefined);
  // What was fuzzed before may have removed anyone: new people each time.
  const room = `R${randomUUID()}`.toUpperCase();
  host = await server.enter("Host", room);
  member = await server.enter("Member", room);
  const removed = await server.enter("Removed", room);
  await host.call("POST", "/api/members/remove", { body: { uid: removed.uid } });
  const screen = await member.call("POST", "/api/token", { body: { room, purpose: "screen" } });
  tokens = {
    nobody: undefined,
    nonsense: "007nonsense",
    lobby: (await server.arrive(room)).credentials.token,
    elsewhere: (await server.enter("Elsewhere", `X${randomUUID()}`)).credentials.token,
    host: host.credentials.token,
    member: member.credentials.token,
    removed: removed.credentials.token,
    screen: v.parse(Credentials, screen.body).token,
  };
});
afterEach(() => warnings.mockRestore());
afterAll(() => server.stop());

const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 2_100 }));
const anyUid = fc.oneof(
  fc.nat(),
  fc.integer({ min: 2 ** 31, max: 2 ** 32 }),
  fc.constant("HOST"),
  fc.constant("MEMBER"),
);
const anyInstance = fc.oneof(fc.uuid(), fc.constant("HOST"), fc.constant("MEMBER"), fc.string({ maxLength: 10 }));
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 19, arbitrary }, { weight: 1, arbitrary: fc.jsonValue() });

const signal = fc.record(
  { from: anyUid, to: anyUid, toInstance: anyInstance, seq: fc.integer(), signal: fc.jsonValue() },
  { requiredKeys: ["to", "toInstance", "seq", "signal"] },
);

/** A body with the contract's own fields: each of them honest for the most part. */
const FIELDS = {
  room: sometimes(fc.oneof(fc.constant("ROOM"), anyText)),
  purpose: sometimes(fc.constant("screen")),
  name: sometimes(anyText),
  instance: sometimes(anyInstance),
  uid: sometimes(anyUid),
  host: sometimes(anyUid),
  isRaised: sometimes(fc.boolean()),
  isLocked: sometimes(fc.boolean()),
  isAdmitted: sometimes(fc.boolean()),
  ping: sometimes(fc.integer()),
  unreachable: sometimes(
    fc.array(fc.record({ uid: anyUid, obstacle: fc.constantFrom("no-turn", "x") }), { maxLength: 3 }),
  ),
  problem: sometimes(fc.constantFrom(...MediaProblem.options)),
  clientId: sometimes(fc.string({ maxLength: 70 })),
  text: sometimes(anyText),
  reaction: sometimes(fc.constantFrom(...REACTIONS)),
  signals: sometimes(fc.array(signal, { maxLength: 3 })),
  connection: sometimes(fc.string({ maxLength: 10 })),
  description: sometimes(fc.record({ type: fc.constant("offer"), sdp: fc.string() })),
  receives: sometimes(fc.array(fc.record({ mid: fc.string({ maxLength: 5 }), uid: anyUid }), { maxLength: 3 })),
  seq: sometimes(fc.integer()),
};

const honestBody = fc
  .oneof({ weight: 3, arbitrary: fc.record(FIELDS) }, { weight: 1, arbitrary: fc.record(FIELDS, { requiredKeys: [] }) })
  .map((body) => JSON.stringify(body));

const call = fc.record({
  caller: fc.constantFrom(
    "nobody",
    "nonsense",
    "lobby",
    "elsewhere",
    "host",
    "host",
    "member",
    "member",
    "removed",
    "screen",
  ),
  segment: fc.oneof({ weight: 9, arbitrary: fc.constant("ROOM") }, { weight: 1, arbitrary: anyText }),
  query: fc.oneof(
    fc.constant(""),
    fc.constant("?instance=MEMBER"),
    fc.tuple(fc.constantFrom("instance", "uid", "before"), anyText).map(([name, value]) => `?${name}=${encode(value)}`),
  ),
  body: fc.oneof(
    { weight: 6, arbitrary: honestBody },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: anyText },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  contentType: fc.oneof(
    { weight: 9, arbitrary: fc.constant("application/json") },
    { weight: 1, arbitrary: fc.constantFrom("text/plain", "", "application/json;", "multipart/form-data") },
  ),
  lastEventId: fc.option(fc.stringMatching(/^[0-9a-f-]{0,30}$/), { nil: undefined }),
});

/** Halves of characters, which no address can carry, are left out. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, ""));
}

/** Puts those who are really there in the place of their names. */
function withPeople(text: string): string {
  return text
    .replaceAll('"uid":"HOST"', `"uid":${host.uid}`)
    .replaceAll('"uid":"MEMBER"', `"uid":${member.uid}`)
    .replaceAll('"to":"MEMBER"', `"to":${member.uid}`)
    .replaceAll('"instance":"MEMBER"', `"instance":"${member.instance}"`)
    .replaceAll('"toInstance":"MEMBER"', `"toInstance":"${member.instance}"`)
    .replaceAll("instance=MEMBER", `instance=${member.instance}`)
    .replaceAll('"room":"ROOM"', `"room":"${member.credentials.room}"`);
}

const CALLS = [...API_ROUTES, "/api/made-up"].flatMap((route) => METHODS.map((method) => [method, route] as const));

describe.each(CALLS)("%s %s", (method, route) => {
  it("answers whatever is sent by the contract, and soon", async () => {
    const isThere = (await server.call(method, route.replace(":room", "MAIN"))).status !== 405;
    await fc.assert(
      fc.asyncProperty(call, async ({ caller, segment, query, body, contentType, lastEventId }) => {
        const room = segment === "ROOM" ? member.credentials.room : encode(segment);
        const path = withPeople(route.replace(":room", room).replace(":file", encode(segment)) + query);
        const token = tokens[caller];
        const gone = new AbortController();
        const startedAtMs = performance.now();
        const response = await server.request(method, path, {
          ...(token === undefined ? {} : { token }),
          ...(body === undefined || method === "GET" ? {} : { body: withPeople(body) }),
          headers: {
            "content-type": contentType,
            ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
          },
          signal: gone.signal,
        });
        if (response.headers.get("content-type")?.startsWith("text/event-stream")) gone.abort();
        else {
          const text = await response.text();
          if (response.status >= 400) v.parse(ErrorBody, JSON.parse(text));
        }
        expect(performance.now() - startedAtMs).toBeLessThan(MAX_MS);
        // No relay has been started here.
        const isWithoutRelay = response.status === 503 && route.includes("/relay");
        if (!isWithoutRelay) expect(response.status).toBeLessThan(500);
      }),
      { numRuns: isThere ? 200 : 5, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
    );
    expect(warnings.mock.calls.filter(([line]) => !String(line).includes("Agora"))).toEqual([]);
  }, 30_000);
});

it("after all of it the server is well, and nobody is where they should not be", async () => {
  expect((await server.call("GET", "/api/health")).status).toBe(200);
  expect((await host.roster()).map(({ name }) => name)).toContain("Member");
  const { name } = await member.join("Still here");
  expect(name).toBe("Still here");
});
