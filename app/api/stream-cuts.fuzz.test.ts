import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RoomEvent } from "@/lib/contracts/events";
import { TestServer } from "./test-server";

/** One page's stream is cut at any moments and comes back by its last event; another's stands all the time. */

type Person = Awaited<ReturnType<TestServer["enter"]>>;

let server: TestServer;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "Date", "performance"] });
});
afterEach(() => vi.useRealTimers());

const CUT = { type: "cut" } as const;
const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant(CUT) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("pause" as const), ms: fc.constantFrom(100, 1_000, 4_000) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("write" as const), text: fc.stringMatching(/^[a-z]{1,8}$/) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("rename" as const), name: fc.stringMatching(/^[A-Z]{1,8}$/) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("hand" as const), isRaised: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("signal" as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("comes and goes" as const) }) },
);

/** What both must have heard alike: not the pings, nor how the cut page itself is. */
function told(events: readonly RoomEvent[], cut: Person): string[] {
  return events
    .filter(({ type, data }) => {
      if (type === "ping" || type === "signal" || type === "knocks") return false;
      return !(type === "member-updated" && "uid" in data && data.uid === cut.uid);
    })
    .map((event) => JSON.stringify(event));
}

it("however often it is cut, between whichever events: nothing is missed, nothing comes twice, in its order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      server = new TestServer();
      try {
        const [author, watcher, cut] = [await server.enter("A"), await server.enter("W"), await server.enter("C")];
        for (const person of [author, watcher, cut]) await person.received();
        const heard: { watcher: RoomEvent[]; cut: RoomEvent[] } = { watcher: [], cut: [] };
        const listen = async () => {
          heard.watcher.push(...(await watcher.received()));
          heard.cut.push(...(await cut.received()));
        };
        let seq = 0;
        let written = 0;
        for (const one of steps) {
          switch (one.type) {
            case "cut": {
              await listen();
              const { lastEventId } = cut;
              cut.drop();
              // What happens while it is away is in what it is told when it is back.
              await author.call("POST", "/api/rooms/:room/messages", {
                body: { clientId: `away ${written++}`, text: "x" },
              });
              await cut.open(lastEventId);
              break;
            }
            case "pause":
              for (let passed = 0; passed < one.ms; passed += 500) {
                await vi.advanceTimersByTimeAsync(Math.min(500, one.ms));
                for (const person of [author, watcher, cut]) await person.pong();
              }
              break;
            case "write":
              await author.call("POST", "/api/rooms/:room/messages", {
                body: { clientId: `${written++}`, text: one.text },
              });
              break;
            case "rename":
              await author.call("PATCH", "/api/members", { body: { name: one.name } });
              break;
            case "hand":
              await author.call("POST", "/api/members/hand", { body: { isRaised: one.isRaised } });
              break;
            case "signal": {
              const signal = { to: cut.uid, toInstance: cut.instance, seq: seq++, signal: seq };
              await author.call("POST", "/api/rooms/:room/signals", { body: { signals: [signal, signal] } });
              break;
            }
            case "comes and goes": {
              const guest = await server.enter("G");
              await guest.call("DELETE", "/api/members");
              guest.drop();
              break;
            }
            default:
              one satisfies never;
          }
        }
        await listen();
        expect(told(heard.cut, cut)).toEqual(told(heard.watcher, cut));
        const signals = heard.cut.flatMap(({ type, data }) => (type === "signal" ? [data.seq] : []));
        expect(signals).toEqual(Array.from({ length: seq }, (_, index) => index));
      } finally {
        server.stop();
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
