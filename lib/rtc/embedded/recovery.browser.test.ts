import { expect, test, vi } from "vitest";
import { obstacleTo } from "@/lib/rtc/inspect-link";
import { allPublished, colorOf, describeCall, eventually } from "./testing/call";
import { framesArrive } from "./testing/painted-media";
import type { Participant } from "./testing/participant";
import { DEFAULT_TIMINGS } from "./timings";

const call = describeCall();

const isUp = (...people: Participant[]) =>
  eventually(() => {
    for (const { openConnections } of people) {
      expect(openConnections.map(({ connectionState }) => connectionState)).toEqual(["connected"]);
    }
  }, 20_000);

const qualityOf = (one: Participant, other: Participant) =>
  one.client.getRemoteNetworkQuality()[other.uid]?.downlinkNetworkQuality;

/** Takes a signal's candidates away, also those in its descriptions: nothing can connect. */
function withoutCandidates(signal: unknown): unknown {
  const text = JSON.stringify(signal, (key, value) => (key === "candidates" ? [] : value));
  return JSON.parse(text.replace(/a=candidate:.*?\\r\\n/g, ""));
}

test.each([
  { name: "offers", part: '"type":"offer"' },
  { name: "answers", part: '"type":"answer"' },
  { name: "everything", part: "" },
])("$name lost for a while: they meet when signals arrive again", async ({ part }) => {
  call.room.isDropped = (_from, _to, signal) => JSON.stringify(signal).includes(part);
  const one = call.person(11, { color: "red" });
  const other = call.person(22, { color: "blue" });
  await Promise.all([one.enter(), other.enter()]);
  await eventually(() => expect(call.room.log.length).toBeGreaterThan(6));
  call.room.isDropped = () => false;
  await allPublished(one, other);
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
});

test("a connection that takes longer than its offer was awaited is not restarted on its way", async () => {
  call.room.change = withoutCandidates;
  const timings = { passiveWaitMs: 500, offeredPatienceMs: 5000, retryMs: 5000 };
  const one = await call.person(11, { timings }).enter();
  await call.person(22, { timings }).enter();
  await eventually(() => expect(one.connections[0]?.remoteDescription).not.toBeNull());
  // What must not come would have by then.
  await new Promise((resolve) => setTimeout(resolve, 2 * timings.passiveWaitMs));
  const said = call.room.log.map(({ signal }) => JSON.stringify(signal));
  expect(said.filter((text) => /"type":"(offer|restart)"/.test(text))).toHaveLength(1);
});

test("a third of all signals lost at random, and they meet all the same", async () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  call.room.isDropped = () => random() < 0.33;
  const one = call.person(11, { color: "red" });
  const other = call.person(22, { color: "blue" });
  await Promise.all([one.enter(), other.enter()]);
  await isUp(one, other);
  call.room.isDropped = () => false;
});

test("the server is lost and comes back: the client reconnects, the pictures never stop", async () => {
  const one = await call.person(11, { color: "red" }).enter();
  const other = await call.person(22, { color: "blue" }).enter();
  await allPublished(one, other);
  const track = await one.client.subscribe(22, "video");
  await isUp(one, other);
  one.events.length = 0;
  one.page.setConnected(false);
  other.page.setConnected(false);
  expect(one.client.connectionState).toBe("RECONNECTING");
  await framesArrive(track.getMediaStreamTrack(), 5);
  // Said while the server was away, heard when it is back.
  await other.audio.setMuted(true);
  one.page.setConnected(true);
  other.page.setConnected(true);
  expect(one.client.connectionState).toBe("CONNECTED");
  await eventually(() => expect(one.userOf(other).hasAudio).toBe(false));
  expect(one.events).toEqual([
    'connection-state-change "RECONNECTING" "CONNECTED"',
    'connection-state-change "CONNECTED" "RECONNECTING"',
    'user-info-updated 22 "mute-audio"',
    'user-unpublished 22 "audio"',
  ]);
  await framesArrive(track.getMediaStreamTrack(), 5);
});

test("a pair that cannot connect has quality 6 within the time, and 0 until then; no TURN server is why", async () => {
  call.room.change = withoutCandidates;
  const timings = { unreachableMs: 1500 };
  const one = await call.person(11, { timings }).enter();
  const other = await call.person(22, { timings }).enter();
  await allPublished(one, other);
  expect(qualityOf(one, other)).toBe(0);
  const told = new Promise((resolve) =>
    one.client.on("network-quality", () => qualityOf(one, other) === 6 && resolve(0)),
  );
  await told;
  await eventually(() => expect(qualityOf(other, one)).toBe(6));
  expect(obstacleTo(one.client, other.page.self.uid)).toBe("no-turn");
  // Still there, still trying: and when it can, it connects.
  call.room.change = (signal) => signal;
  await isUp(one, other);
  await eventually(() => expect(qualityOf(one, other)).toBe(1));
});

test("one whose client never answers has quality 6 as well, and that is why", async () => {
  const one = await call.person(11, { timings: { unreachableMs: 800 } }).enter();
  const silent = call.person(22);
  await eventually(() => expect(qualityOf(one, silent)).toBe(6));
  expect(one.client.remoteUsers).toEqual([]);
  expect(obstacleTo(one.client, silent.page.self.uid)).toBe("no-answer");
});

test("relay only and no relay: never up, and the same person's next try can be", async () => {
  const configuration: RTCConfiguration = { iceTransportPolicy: "relay" };
  const one = await call.person(11, { timings: { unreachableMs: 500 }, configuration }).enter();
  const other = await call.person(22).enter();
  await eventually(() => expect(qualityOf(one, other)).toBe(6));
  configuration.iceTransportPolicy = "all";
  await isUp(one, other);
  await allPublished(one, other);
});

test("a link that is lost is told within 5 s, by the app's own timings, and is back by itself", async () => {
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  const one = await call.person(11, { color: "red", timings: DEFAULT_TIMINGS }).enter();
  const other = await call.person(22, { color: "blue", timings: DEFAULT_TIMINGS }).enter();
  await allPublished(one, other);
  await isUp(one, other);
  await colorOf(one, other);
  // That end goes from the network: its connection is closed behind its client's back, and nothing it says arrives.
  call.room.isDropped = () => true;
  const lostAt = performance.now();
  other.openConnections[0]?.close();
  await eventually(() => expect(one.events).toContain("media-reconnect-start 22"), 10_000);
  const noticedAfterMs = performance.now() - lostAt;
  expect(noticedAfterMs).toBeLessThan(5000);
  // Not by the other's word, which does not arrive.
  expect(noticedAfterMs).toBeGreaterThan(2000);
  call.room.isDropped = () => false;
  await eventually(() => expect(one.events).toContain("media-reconnect-end 22"), 25_000);
  await allPublished(one, other);
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
  vi.restoreAllMocks();
}, 45_000);

test("a connection that the browser has closed is replaced at once", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const one = await call.person(11, { color: "red" }).enter();
  const other = await call.person(22, { color: "blue" }).enter();
  await allPublished(one, other);
  await isUp(one, other);
  other.openConnections[0]?.close();
  await eventually(() => expect(other.events).toContain("media-reconnect-end 11"), 4000);
  await allPublished(one, other);
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
  warn.mockRestore();
});

test("a link on which nothing is sent for 9 s is not called lost", async () => {
  const one = call.person(11, { timings: DEFAULT_TIMINGS });
  const other = call.person(22, { timings: DEFAULT_TIMINGS });
  await one.join();
  await other.join();
  await isUp(one, other);
  let ticks = 0;
  await new Promise<void>((resolve) => {
    one.client.on("network-quality", () => {
      if (++ticks === 5) resolve();
    });
  });
  expect([...one.events, ...other.events].filter((event) => event.startsWith("media-reconnect"))).toEqual([]);
  expect(qualityOf(one, other)).toBe(1);
}, 45_000);

test("one whom the server had given up and takes back is met again by both", async () => {
  const one = await call.person(11, { color: "red" }).enter();
  const other = await call.person(22, { color: "blue" }).enter();
  await allPublished(one, other);
  await isUp(one, other);
  // As after sleep: `one` has seen `other` go and come, `other` itself has noticed nothing.
  one.page.deliver({ type: "peer-left", uid: other.page.self.uid });
  expect(one.client.remoteUsers).toEqual([]);
  one.page.deliver({ type: "peer", peer: other.page.self });
  await allPublished(one, other);
  await isUp(one, other);
  expect(await colorOf(one, other)).toBe("blue");
  await eventually(async () => expect(await colorOf(other, one)).toBe("red"));
});
