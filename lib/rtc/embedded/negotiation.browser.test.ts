import * as v from "valibot";
import { expect, onTestFinished, test, vi } from "vitest";
import { addLines } from "./draft";
import { Negotiation } from "./negotiation";
import { PeerSignal } from "./peer-signal";
import { allPublished, colorOf, describeCall, eventually } from "./testing/call";
import type { MemoryRoom } from "./testing/memory-signalling";
import type { Participant } from "./testing/participant";
import { DEFAULT_TIMINGS } from "./timings";

const call = describeCall();

function offers(room: MemoryRoom, from: Participant): number {
  return room.log.filter(({ from: uid, signal }) => {
    const parsed = v.safeParse(PeerSignal, signal);
    return (
      uid === from.uid &&
      parsed.success &&
      parsed.output.type === "description" &&
      parsed.output.description.type === "offer"
    );
  }).length;
}

function expectOneHealthyConnection(...people: Participant[]): void {
  for (const { openConnections } of people) {
    expect(openConnections).toHaveLength(1);
    const [connection] = openConnections;
    expect(connection?.connectionState).toBe("connected");
    expect(connection?.signalingState).toBe("stable");
    expect(connection?.localDescription?.sdp.match(/^m=/gm)).toHaveLength(2);
    expect(connection?.getTransceivers().map(({ currentDirection }) => currentDirection)).toEqual([
      "sendrecv",
      "sendrecv",
    ]);
  }
}

test.each([
  { first: 11, second: 22, delays: [0, 0, 0] },
  { first: 22, second: 11, delays: [0, 0, 0] },
  { first: 11, second: 22, delays: [80, 20, 60] },
  { first: 22, second: 11, delays: [30, 150, 5] },
  { first: 11, second: 22, delays: [400, 400, 400] },
])("both offer at once: $first and $second, signals delayed by $delays ms", async ({ first, second, delays }) => {
  let signal = 0;
  call.room.delayMs = () => delays[signal++ % delays.length] ?? 0;
  const one = call.person(first, { color: "red" });
  const other = call.person(second, { color: "blue" });
  // Whoever is slower would otherwise see the other's offer first, and make none.
  let release: (() => void) | undefined;
  call.room.held = new Promise((resolve) => {
    release = resolve;
  });
  await Promise.all([one.enter(), other.enter()]);
  await eventually(() => expect([offers(call.room, one), offers(call.room, other)]).toEqual([1, 1]));
  release?.();
  await allPublished(one, other);
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
  await eventually(() => expectOneHealthyConnection(one, other));
});

test("both restart ICE at once, ten times over: one side offers, the pictures go on", async () => {
  const one = await call.person(11, { color: "red" }).enter();
  const other = await call.person(22, { color: "blue" }).enter();
  await allPublished(one, other);
  await eventually(() => expectOneHealthyConnection(one, other));
  const politeBefore = offers(call.room, one);
  for (let round = 0; round < 10; round++) {
    call.room.delayMs = () => (round % 3) * 15;
    const ufrags = () =>
      [one, other].map((person) => /ice-ufrag:(\S+)/.exec(person.openConnections[0]?.localDescription?.sdp ?? "")?.[1]);
    const before = ufrags();
    for (const { openConnections } of [one, other]) openConnections[0]?.restartIce();
    await eventually(() => {
      for (const [index, ufrag] of ufrags().entries()) expect(ufrag).not.toBe(before[index]);
      expectOneHealthyConnection(one, other);
    });
  }
  expect(offers(call.room, one)).toBe(politeBefore);
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
});

test("without glare there is one offer and one answer, and no more comes of muting and publishing", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22);
  // A page comes in before its client has joined: the one who is there leaves it the offer.
  await other.enter();
  await allPublished(one, other);
  const counted = () => offers(call.room, one) + offers(call.room, other);
  const before = counted();
  expect(before).toBe(1);
  // Nothing is on the way before the answer that it would have to wait for.
  const [first] = call.room.log.filter(({ from }) => from === one.uid).map(({ signal }) => v.parse(PeerSignal, signal));
  expect(first).toMatchObject({ type: "description", description: { type: "answer" } });
  await one.video.setMuted(true);
  await one.audio.setEnabled(false);
  await one.video.setMuted(false);
  await one.client.unpublish(one.video);
  await one.client.publish(one.video);
  await eventually(() => expect(other.userOf(one).hasVideo).toBe(true));
  expect(counted()).toBe(before);
  expectOneHealthyConnection(one, other);
});

test("one who was there first offers by itself when no offer comes", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22);
  // Its client joins only after the wait: the offer is kept for it.
  await eventually(() => expect(offers(call.room, one)).toBeGreaterThan(0));
  await other.enter();
  await allPublished(one, other);
  await eventually(() => expectOneHealthyConnection(one, other));
});

test("what is no signal is told to the console and does no harm", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const one = await call.person(11, { color: "red" }).enter();
  const other = call.person(22);
  for (const garbage of [null, 7, "offer", {}, { type: "description" }, { type: "terms", sends: { audio: "loud" } }]) {
    other.page.send(one.page.self, garbage);
  }
  other.page.send(one.page.self, {
    type: "description",
    connection: "forged",
    peer: null,
    description: { type: "offer", sdp: "v=0\r\nnonsense" },
    sends: { audio: "on", video: "on" },
    wants: { audio: true, video: true },
    ways: { relay: "off", isDirectOut: false, takes: "direct" },
    isHeard: true,
    quality: { uplink: 0, downlink: 0 },
  });
  await eventually(() => expect(warn.mock.calls.length).toBeGreaterThanOrEqual(7));
  await other.enter();
  await allPublished(one, other);
  expect(await colorOf(other, one)).toBe("red");
  warn.mockRestore();
});

test("a newcomer's offer is given to the browser in the step in which it comes, before the page draws them", async () => {
  const offering = new RTCPeerConnection();
  addLines(offering, new MediaStream());
  await offering.setLocalDescription();
  const { type, sdp } = offering.localDescription ?? {};
  if (type !== "offer" || !sdp) throw new Error("No offer was made.");
  let answer: string | undefined;
  const nothing = () => undefined;
  const context = { createConnection: () => new RTCPeerConnection(), timings: DEFAULT_TIMINGS };
  const answering = new Negotiation(context, true, {
    onDescription: (description) => {
      answer = description.type;
    },
    onCandidates: nothing,
    onTurnRefused: nothing,
    onTransceivers: nothing,
    onApplied: nothing,
    onRestartNeeded: nothing,
    onStateChange: nothing,
    onFailure: (error) => expect.unreachable(String(error)),
  });
  onTestFinished(() => {
    offering.close();
    answering.close();
  });
  const applying = vi.spyOn(answering.connection, "setRemoteDescription");
  answering.receive({ description: { type, sdp } });
  expect(applying).toHaveBeenCalledTimes(1);
  await eventually(() => expect(answer).toBe("answer"));
});
