import * as v from "valibot";
import { expect, test, vi } from "vitest";
import { Uid } from "@/lib/contracts/identifiers";
import type { Ahead } from "./ahead";
import { type Draft, DraftDesk } from "./draft";
import { allPublished, colorOf, describeCall, eventually } from "./testing/call";
import type { Participant } from "./testing/participant";
import { describeWayIn } from "./testing/way-in";

const call = describeCall();

const { prepare, join, enter, wordsOf } = describeWayIn(() => call.room);

/** An offer that is made before it is known for whom. */
async function drafted(): Promise<Draft> {
  const desk = new DraftDesk();
  await desk.draft();
  const draft = desk.take();
  if (!draft) throw new Error("No offer was drafted.");
  return draft;
}

const ufragOf = (sdp: string | undefined) => /ice-ufrag:(\S+)/.exec(sdp ?? "")?.[1];

test("an offer that is made ahead is heard with the seat, is the first word, and the only connection's", async () => {
  const one = await call.person(11, { color: "red" }).enter();
  const other = call.person(22, { color: "blue" });
  await prepare(other).offered;
  const [connection] = other.openConnections;
  expect(connection?.localDescription?.type).toBe("offer");
  expect(wordsOf(other)).toEqual([]);
  expect(one.client.remoteUsers).toEqual([]);

  other.page.comeIn();
  const [first] = wordsOf(other);
  expect(first?.type).toBe("offer");
  const sdp = first?.type === "offer" ? first.sdp : undefined;
  expect(ufragOf(sdp)).toBe(ufragOf(connection?.localDescription?.sdp));
  expect(sdp).toMatch(/^a=candidate:\d+ 1 udp \d+ \S+ \d+ typ host/m);

  await enter(other);
  await allPublished(one, other);
  expect(other.openConnections).toEqual([connection]);
  expect(wordsOf(other).filter(({ type }) => type === "offer")).toHaveLength(1);
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
});

test("of the addresses that follow an offer none is one at which nobody can be called", async () => {
  call.person(11);
  const other = call.person(22, { timings: { moreCandidatesMs: 500 } });
  await prepare(other).offered;
  const [connection] = other.openConnections;
  await eventually(() => expect(connection?.iceGatheringState).toBe("complete"));
  other.page.comeIn();
  const [offer, ...later] = wordsOf(other);
  expect(offer?.type).toBe("offer");
  expect(later.flatMap((said) => (said.type === "candidates" ? said.candidates : []))).toEqual([]);
});

test("an offer that was drafted before is the first word as it is, with this machine's addresses, and the link's", async () => {
  const one = await call.person(11, { color: "red" }).enter();
  const other = call.person(22, { color: "blue" });
  const draft = await drafted();
  const { connection } = draft;
  await eventually(() => expect(connection.iceGatheringState).toBe("complete"));
  await prepare(other, [other.audio, other.video], {}, draft).offered;
  expect(wordsOf(other)).toEqual([]);
  // Of its own it has made none.
  expect(other.connections).toEqual([]);

  other.page.comeIn();
  const [first] = wordsOf(other);
  expect(first).toMatchObject({ type: "offer", sends: { audio: "on", video: "on" } });
  const sdp = first?.type === "offer" ? first.sdp : "";
  expect(ufragOf(sdp)).toBe(ufragOf(connection.localDescription?.sdp));
  expect(sdp).toMatch(/^a=candidate:\d+ 1 udp \d+ \S+ \d+ typ host/m);
  expect(sdp).not.toMatch(/ tcp /);

  await enter(other);
  await allPublished(one, other);
  expect(other.connections).toEqual([]);
  await eventually(() => expect(connection.connectionState).toBe("connected"));
  expect(wordsOf(other).filter(({ type }) => type === "offer")).toHaveLength(1);
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
  await other.client.leave();
  expect(connection.signalingState).toBe("closed");
});

test("a drafted offer that nobody is to have is closed", async () => {
  const alone = call.person(22);
  const forNobody = await drafted();
  await prepare(alone, [], {}, forNobody).offered;
  expect(forNobody.connection.signalingState).toBe("closed");

  await call.person(11).enter();
  const givenUp = await drafted();
  prepare(alone, [], {}, givenUp).giveUp();
  expect(givenUp.connection.signalingState).toBe("closed");
});

test("an offer is drafted once for as long as it is wanted, and one that the browser has closed is none", async () => {
  const made: RTCPeerConnection[] = [];
  const desk = new DraftDesk(() => {
    const connection = new RTCPeerConnection();
    made.push(connection);
    return connection;
  });
  expect(desk.take()).toBeUndefined();
  await desk.draft();
  await desk.draft();
  expect(made).toHaveLength(1);
  expect(desk.take()?.connection).toBe(made[0]);
  expect(made[0]?.signalingState).toBe("have-local-offer");
  expect(desk.take()).toBeUndefined();
  made[0]?.close();

  void desk.draft();
  expect(desk.take()).toBeUndefined();
  expect(made[1]?.signalingState).toBe("closed");

  await desk.draft();
  made[2]?.close();
  expect(desk.take()).toBeUndefined();
  await desk.draft();
  desk.clear();
  expect(made[3]?.signalingState).toBe("closed");
});

test("where no connection can be made no offer is drafted, and that is said", async () => {
  const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
  let isPossible = false;
  const desk = new DraftDesk(() => {
    if (!isPossible) throw new DOMException("WebRTC is disabled.", "NotSupportedError");
    return new RTCPeerConnection();
  });
  await desk.draft();
  expect(warned).toHaveBeenCalledOnce();
  expect(desk.take()).toBeUndefined();
  isPossible = true;
  await desk.draft();
  const draft = desk.take();
  expect(draft).toBeDefined();
  draft?.connection.close();
  warned.mockRestore();
});

test("a page that nobody sees, whose clock is slow, says its offer at once, and the addresses after it", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22, { color: "blue" });
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  await prepare(other).offered;
  other.page.comeIn();
  await eventually(() => expect(wordsOf(other).map(({ type }) => type)).toContain("candidates"));
  const [first] = wordsOf(other);
  expect(first?.type === "offer" && first.sdp).not.toContain("a=candidate:");
  hidden.mockRestore();
  await enter(other);
  await allPublished(one, other);
  expect(await colorOf(one, other)).toBe("blue");
});

test("an offer that was made ahead goes on with the ICE servers of who is in the call", async () => {
  const turn = (username: string) => ({ urls: ["turn:192.0.2.1:3478"], username, credential: "secret" });
  await call.person(11).enter();
  const other = call.person(22);
  await prepare(other, [], { iceServers: [turn("600:22")] }).offered;
  if (other.page.seat) other.page.seat.iceServers = [turn("3600:22")];
  await join(other);
  expect(other.openConnections).toHaveLength(1);
  expect(other.openConnections[0]?.getConfiguration().iceServers).toEqual([turn("3600:22")]);
});

test("an answer that is here before the join is not lost", async () => {
  const one = await call.person(11, { color: "red" }).enter();
  const other = call.person(22, { color: "blue" });
  await prepare(other).offered;
  other.page.comeIn();
  await eventually(() => expect(wordsOf(one).map(({ type }) => type)).toContain("answer"));
  await enter(other);
  await allPublished(one, other);
  expect(other.connections).toHaveLength(1);
  expect(await colorOf(other, one)).toBe("red");
});

test("an offer that is not made yet at the join follows", async () => {
  const one = await call.person(11, { color: "red" }).enter();
  const other = call.person(22, { color: "blue" });
  prepare(other);
  await enter(other);
  await allPublished(one, other);
  expect(other.openConnections).toHaveLength(1);
  expect(wordsOf(other)[0]?.type).toBe("offer");
  expect(await colorOf(other, one)).toBe("red");
});

test("what is going to be published is said by the first word, and published by the join", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22, { color: "blue" });
  await other.video.setEnabled(false);
  await prepare(other, [other.audio, other.video]).offered;
  await join(other);
  expect(other.client.localTracks).toEqual([other.audio]);
  expect(wordsOf(other)[0]).toMatchObject({ type: "offer", sends: { audio: "on", video: "off" } });
  await eventually(() => expect(one.userOf(other)).toMatchObject({ hasAudio: true, hasVideo: false }));

  await other.video.setEnabled(true);
  await other.client.publish([other.audio, other.video]);
  await allPublished(one, other);
  expect(await colorOf(one, other)).toBe("blue");
});

test("what is turned off between the first word and the join is taken back by it", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22);
  await prepare(other, [other.audio, other.video]).offered;
  other.page.comeIn();
  await eventually(() => expect(one.userOf(other)).toMatchObject({ hasAudio: true, hasVideo: true }));
  await other.video.setEnabled(false);
  await other.join();
  expect(other.client.localTracks).toEqual([other.audio]);
  await eventually(() => expect(one.userOf(other)).toMatchObject({ hasAudio: true, hasVideo: false }));
  // Muted comes before it, and looks the same to the other.
  await eventually(() => {
    const last = wordsOf(other).findLast((said) => "sends" in said);
    expect(last).toMatchObject({ sends: { audio: "on", video: "off" } });
  });
});

test("what is turned on between the first word and the join is told and given by it", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22, { color: "blue", timings: { qualityMs: 60_000 } });
  await other.video.setEnabled(false);
  await prepare(other, [other.audio, other.video]).offered;
  other.page.comeIn();
  await eventually(() => expect(one.userOf(other)).toMatchObject({ hasAudio: true, hasVideo: false }));
  await other.video.setEnabled(true);
  await other.join();
  await eventually(() => expect(one.userOf(other)).toMatchObject({ hasVideo: true }));
  expect(await colorOf(one, other)).toBe("blue");
});

test("who has gone meanwhile is waited for no more, and whoever comes later is offered to", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22, { color: "blue" });
  prepare(other);
  await one.client.leave();
  call.room.remove(one.uid);
  await enter(other);
  expect(other.openConnections).toEqual([]);
  const later = await call.person(33).enter();
  await allPublished(other, later);
  expect(await colorOf(later, other)).toBe("blue");
});

test("who has reloaded meanwhile is offered to anew", async () => {
  const before = await call.person(11).enter();
  const other = call.person(22, { color: "blue" });
  await prepare(other).offered;
  const [ahead] = other.openConnections;
  await before.client.leave();
  const after = await call.person(11, { color: "red" }).enter();
  await enter(other);
  await allPublished(after, other);
  expect(ahead?.signalingState).toBe("closed");
  expect(await colorOf(other, after)).toBe("red");
});

test("both come at once with an offer that was made ahead: one of them counts", async () => {
  const one = call.person(11, { color: "red" });
  const other = call.person(22, { color: "blue" });
  await Promise.all([prepare(one).offered, prepare(other).offered]);
  await Promise.all([enter(one), enter(other)]);
  await allPublished(one, other);
  await eventually(() => {
    for (const { openConnections } of [one, other]) {
      expect(openConnections.map(({ connectionState }) => connectionState)).toEqual(["connected"]);
    }
  });
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
});

test("both come at once with an offer that was drafted: one of them counts, the other is closed", async () => {
  const one = call.person(11, { color: "red" });
  const other = call.person(22, { color: "blue" });
  const [yielding, counting] = [await drafted(), await drafted()];
  await Promise.all([prepare(one, [], {}, yielding).offered, prepare(other, [], {}, counting).offered]);
  await Promise.all([enter(one), enter(other)]);
  await allPublished(one, other);
  await eventually(() => expect(counting.connection.connectionState).toBe("connected"));
  expect(yielding.connection.signalingState).toBe("closed");
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
});

test("an offer that is drafted only just now goes with this machine's addresses, too", async () => {
  await call.person(11).enter();
  const other = call.person(22);
  const draft = await drafted();
  expect(draft.connection.localDescription?.sdp).not.toContain("a=candidate:");
  await prepare(other, [], {}, draft).offered;
  other.page.comeIn();
  const [first] = wordsOf(other);
  expect(first?.type === "offer" && first.sdp).toMatch(/^a=candidate:\d+ 1 udp/m);
});

test.each([
  ["is given up", (_person: Participant, ahead: Ahead) => ahead.giveUp()],
  ["is left", (person: Participant) => person.client.leave()],
  ["is for another seat", (person: Participant) => person.join()],
])("what was made ahead is closed, says nothing and publishes nothing, where the join %s", async (_, end) => {
  call.person(11);
  const other = call.person(22);
  const ahead = prepare(other, [other.audio, other.video], { uid: v.parse(Uid, 33) });
  await ahead.offered;
  const [connection] = other.openConnections;
  expect(connection?.localDescription).not.toBeNull();
  await end(other, ahead);
  expect(connection?.signalingState).toBe("closed");
  expect(other.client.localTracks).toEqual([]);
  other.page.comeIn();
  expect(wordsOf(other).map(({ type }) => type)).not.toContain("bye");
});

test("nothing is made ahead where nobody is there, nor where the relay carries the media", async () => {
  const alone = call.person(11);
  await prepare(alone).offered;
  expect(alone.connections).toEqual([]);
  call.room.topology = "relay";
  const other = call.person(22);
  await prepare(other).offered;
  expect(other.connections).toEqual([]);
});
