import * as v from "valibot";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Draft, DraftDesk, type StandingOffer } from "./draft";
import { PeerSignal, StandingOfferSignal } from "./peer-signal";
import { allPublished, colorOf, describeCall, eventually, hears } from "./testing/call";
import type { Participant } from "./testing/participant";
import { describeWayIn } from "./testing/way-in";

const call = describeCall();
const { prepare, enter, wordsOf } = describeWayIn(() => call.room);

/** An offer is left at once, and whoever comes is waited for, for ever. */
const SOON = { standingOfferMs: 0, passiveWaitMs: 60_000 };

/** Rohit, who is alone in the room, red, and leaves an offer at once. */
const aloneInRed = (uid = 11) => call.person(uid, { color: "red", frequencyHz: 400, timings: SOON }).enter();

/** What is left now for whoever comes first. */
function left(): Promise<StandingOffer & { onJoin: PeerSignal }> {
  return eventually(() => {
    const { standingOffer } = call.room;
    if (!standingOffer) throw new Error("Nothing was left.");
    const { from, offer, onJoin } = standingOffer;
    return { from, signal: v.parse(StandingOfferSignal, offer), onJoin: v.parse(PeerSignal, onJoin) };
  });
}

async function answered(offer: StandingOffer): Promise<Draft> {
  const desk = new DraftDesk();
  onTestFinished(() => desk.clear());
  await desk.draft(offer);
  const draft = desk.take();
  if (!draft) throw new Error("No answer was drafted.");
  return draft;
}

/** Riya, in blue, who comes with what is drafted, and does not try again by herself. */
async function riyaComes(draft: Draft): Promise<Participant> {
  const timings = { retryMs: 60_000, maxRetryMs: 60_000 };
  const riya = call.person(22, { color: "blue", frequencyHz: 700, timings });
  await prepare(riya, [riya.audio, riya.video], {}, draft).offered;
  await enter(riya);
  return riya;
}

async function seeAndHearEachOther(rohit: Participant, riya: Participant): Promise<void> {
  await allPublished(rohit, riya);
  expect(await colorOf(rohit, riya)).toBe("blue");
  expect(await colorOf(riya, rohit)).toBe("red");
  await hears(rohit, riya, 700);
  await hears(riya, rohit, 400);
}

test("who is alone leaves an offer that has no address in it; those are for who has come", async () => {
  const rohit = await aloneInRed();
  const { from, signal, onJoin } = await left();
  expect(from).toMatchObject({ uid: rohit.uid, instance: rohit.page.self.instance });
  expect(signal).toMatchObject({ sends: { audio: "on", video: "on" }, wants: { audio: true, video: true } });
  expect(signal.description.sdp).not.toMatch(/a=candidate|(?:IP4|IP6) (?!0\.0\.0\.0|127\.0\.0\.1)/);
  expect(onJoin).toMatchObject({ type: "candidates", connection: signal.connection, peer: null });
  const candidates = onJoin.type === "candidates" ? onJoin.candidates : [];
  expect(candidates[0]?.candidate).toMatch(/^candidate:\d+ 1 udp \d+ \S+ \d+ typ host/);
  expect(candidates[0]).toMatchObject({ sdpMLineIndex: 0, usernameFragment: expect.stringMatching(/\S+/) });
  expect(candidates.some(({ candidate }) => / tcp /i.test(candidate))).toBe(false);
});

test("who comes says the answer with the seat, and no other word is needed for both to see and hear each other", async () => {
  const rohit = await aloneInRed();
  const offer = await left();
  const draft = await answered(offer);
  const riya = await riyaComes(draft);
  await seeAndHearEachOther(rohit, riya);
  expect(wordsOf(riya).map(({ type }) => type)).not.toContain("offer");
  expect(wordsOf(riya)[0]).toMatchObject({ type: "answer", sends: { audio: "on", video: "on" } });
  expect(wordsOf(rohit).filter(({ type }) => type === "offer" || type === "answer")).toEqual([]);
  expect(rohit.openConnections.map(({ connectionState }) => connectionState)).toEqual(["connected"]);
  expect(riya.connections).toEqual([]);
  expect(draft.connection.connectionState).toBe("connected");
});

test("the one who waits has nothing to say where nothing has changed", async () => {
  const rohit = await aloneInRed();
  const draft = await answered(await left());
  const riya = call.person(22, { timings: { qualityMs: 60_000 } });
  await prepare(riya, [riya.audio, riya.video], {}, draft).offered;
  await enter(riya);
  await eventually(() => expect(rohit.openConnections[0]?.connectionState).toBe("connected"));
  expect(wordsOf(rohit)).toEqual([]);
});

test("before somebody comes nothing flows, however long the answer lies ready", async () => {
  await aloneInRed();
  const { connection } = await answered(await left());
  await eventually(() => expect(connection.iceGatheringState).toBe("complete"));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(connection.connectionState).not.toBe("failed");
  const pairs = [...(await connection.getStats()).values()].filter(({ type }) => type === "candidate-pair");
  expect(pairs).toEqual([]);
});

test("who was muted while they waited is so from the first, by the same connection", async () => {
  const rohit = await aloneInRed();
  const before = await left();
  await rohit.video.setEnabled(false);
  await eventually(async () => expect((await left()).signal.sends.video).not.toBe("on"));
  const after = await left();
  expect(after.signal.connection).toBe(before.signal.connection);
  const riya = await riyaComes(await answered(after));
  await eventually(() => expect(riya.userOf(rohit)).toMatchObject({ hasAudio: true, hasVideo: false }));
  await rohit.video.setEnabled(true);
  await rohit.client.publish([rohit.audio, rohit.video]);
  await seeAndHearEachOther(rohit, riya);
});

test("what changed while the answer was on its way is told all the same", async () => {
  const rohit = await aloneInRed();
  const draft = await answered(await left());
  await rohit.video.setEnabled(false);
  const riya = await riyaComes(draft);
  await eventually(() => expect(riya.userOf(rohit)).toMatchObject({ hasAudio: true, hasVideo: false }));
});

test.each([11, 33])(
  "who comes with an offer of their own is answered by %i, whoever would give way else; what was left is closed",
  async (uid) => {
    const rohit = await aloneInRed(uid);
    await left();
    const [standing] = rohit.openConnections;
    const riya = call.person(22, { color: "blue", frequencyHz: 700 });
    await prepare(riya, [riya.audio, riya.video]).offered;
    await enter(riya);
    await seeAndHearEachOther(rohit, riya);
    expect(wordsOf(rohit).map(({ type }) => type)).toContain("answer");
    expect(standing?.signalingState).toBe("closed");
    expect(rohit.openConnections).toHaveLength(1);
  },
);

test("the answer to what was left before is of no use, and both are linked all the same, at once", async () => {
  const rohit = await aloneInRed();
  const draft = await answered(await left());
  // The server is away for a moment: what was left is made anew, since it may have been started anew.
  rohit.page.setConnected(false);
  rohit.page.setConnected(true);
  await eventually(async () =>
    expect((await left()).signal.connection).not.toBe(draft.kind === "answer" && draft.to.signal.connection),
  );
  const riya = await riyaComes(draft);
  await seeAndHearEachOther(rohit, riya);
  expect(draft.connection.signalingState).toBe("closed");
});

test("one whose connection the browser has closed leaves another", async () => {
  const rohit = await aloneInRed();
  const before = await left();
  rohit.openConnections[0]?.close();
  await rohit.video.setEnabled(false);
  await eventually(async () => expect((await left()).signal.connection).not.toBe(before.signal.connection));
});

test("where the connection of what was left is closed when somebody comes, they are offered another", async () => {
  const rohit = await aloneInRed();
  const draft = await answered(await left());
  rohit.openConnections[0]?.close();
  const riya = await riyaComes(draft);
  await seeAndHearEachOther(rohit, riya);
});

test("an answer whose connection has been given time is not interfered with", async () => {
  const rohit = await call.person(11, { timings: { ...SOON, passiveWaitMs: 100, offeredPatienceMs: 60_000 } }).enter();
  const offer = await left();
  const draft = await answered(offer);
  // Their way is not to be had: neither hears of an address of the other's.
  call.room.standingOffer = { from: offer.from, offer: offer.signal, onJoin: { ...offer.onJoin, candidates: [] } };
  const apply = RTCPeerConnection.prototype.setRemoteDescription;
  const applying = vi.spyOn(RTCPeerConnection.prototype, "setRemoteDescription");
  onTestFinished(() => applying.mockRestore());
  applying.mockImplementation(function (this: RTCPeerConnection, description) {
    const sdp = description.sdp?.replace(/^a=candidate:.*\r\n/gm, "") ?? "";
    return Reflect.apply(apply, this, [{ type: description.type, sdp }]);
  });
  call.room.isDropped = (_from, _to, signal) => v.parse(PeerSignal, signal).type === "candidates";
  await riyaComes(draft);
  await eventually(() => expect(rohit.openConnections[0]?.signalingState).toBe("stable"));
  await new Promise((resolve) => setTimeout(resolve, 400));
  const words = wordsOf(rohit).map(({ type }) => type);
  expect(words.filter((type) => type === "offer" || type === "restart")).toEqual([]);
});

test("who was not alone for a moment, and then is again, has one connection for it, and it is the one that is left", async () => {
  const rohit = await call.person(11, { timings: { standingOfferMs: 200 } }).enter();
  await left();
  await rohit.client.unpublish();
  await rohit.client.publish([rohit.audio, rohit.video]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { signal } = await left();
  expect(signal.sends).toEqual({ audio: "on", video: "on" });
  const riya = await riyaComes(await answered(await left()));
  await allPublished(rohit, riya);
  expect(rohit.openConnections.map(({ connectionState }) => connectionState)).toEqual(["connected"]);
});

test("whoever comes while one is being made finds none of it left over", async () => {
  const rohit = await call.person(11, { timings: { ...SOON, passiveWaitMs: 300 } }).enter();
  await eventually(() => expect(rohit.connections).toHaveLength(1));
  const riya = await call.person(22).enter();
  await allPublished(rohit, riya);
  await eventually(() =>
    expect(rohit.openConnections.map(({ connectionState }) => connectionState)).toEqual(["connected"]),
  );
});

test("two who were three a moment ago are linked by the relay still: an offer is left when that is over", async () => {
  call.room.topology = "auto";
  const rohit = await call.person(11, { timings: { ...SOON, crowdLingerMs: 800 } }).enter();
  const others = [await call.person(22).enter(), await call.person(33).enter()];
  await eventually(() => expect(rohit.client.remoteUsers).toHaveLength(2));
  for (const other of others) {
    await other.client.leave();
    call.room.remove(other.uid);
  }
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(call.room.standingOffer).toBeUndefined();
  await left();
});

test("it is taken back when others are there, or this one leaves, and left again by who is alone again", async () => {
  const rohit = await aloneInRed();
  const before = await left();
  const riya = await call.person(22).enter();
  await allPublished(rohit, riya);
  expect(call.room.standingOffer).toBeUndefined();
  await riya.client.leave();
  call.room.remove(riya.uid);
  expect((await left()).signal.connection).not.toBe(before.signal.connection);
  await rohit.client.leave();
  expect(call.room.standingOffer).toBeUndefined();
  expect(rohit.openConnections).toEqual([]);
});

test.each<[string, () => Promise<Participant>]>([
  [
    "nothing is published, and the browser may not say this machine's addresses",
    async () => {
      const rohit = call.person(11, { timings: SOON });
      await rohit.join();
      return rohit;
    },
  ],
  [
    "ICE servers would have to be kept for who may never come",
    async () => {
      const rohit = call.person(11, { timings: SOON });
      if (rohit.page.seat) rohit.page.seat.iceServers = [{ urls: ["stun:192.0.2.1:3478"] }];
      return rohit.enter();
    },
  ],
  [
    "the relay carries the media",
    async () => {
      call.room.topology = "relay";
      return call.person(11, { timings: SOON }).enter();
    },
  ],
  [
    "another is there",
    async () => {
      call.person(22);
      return call.person(11, { timings: SOON }).enter();
    },
  ],
])("none is left where %s", async (_, come) => {
  await come();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(call.room.standingOffer).toBeUndefined();
});

test("the answer to one who has gone is closed, and whoever is there is offered to", async () => {
  const rohit = await aloneInRed();
  const draft = await answered(await left());
  await rohit.client.leave();
  call.room.remove(rohit.uid);
  const rahul = await call.person(33, { color: "red", frequencyHz: 400 }).enter();
  const riya = call.person(22, { color: "blue", frequencyHz: 700 });
  await prepare(riya, [riya.audio, riya.video], {}, draft).offered;
  expect(draft.connection.signalingState).toBe("closed");
  await enter(riya);
  await seeAndHearEachOther(rahul, riya);
});

test("of one connection an answer is drafted once, and what is news goes with it; of another it is drafted anew", async () => {
  const rohit = await aloneInRed();
  const { from, signal } = await left();
  const made: RTCPeerConnection[] = [];
  const desk = new DraftDesk(() => {
    const connection = new RTCPeerConnection();
    made.push(connection);
    return connection;
  });
  onTestFinished(() => desk.clear());
  await desk.draft();
  await desk.draft({ from, signal });
  expect(made.map(({ signalingState }) => signalingState)).toEqual(["closed", "stable"]);
  const muted = { ...signal, sends: { audio: "muted", video: "off" } } as const;
  await desk.draft({ from, signal: muted });
  expect(made).toHaveLength(2);
  expect(desk.take()).toMatchObject({ kind: "answer", to: { signal: muted }, connection: made[1] });
  made[1]?.close();
  await rohit.client.leave();
});
