import type { ILocalTrack } from "agora-rtc-react";
import * as v from "valibot";
import { expect, test } from "vitest";
import type { IceServer } from "@/lib/contracts/http";
import { EmbeddedClient } from "./embedded-client";
import { PeerSignal } from "./peer-signal";
import { allPublished, colorOf, describeCall, eventually } from "./testing/call";
import type { Participant } from "./testing/participant";

const call = describeCall();

/** Has someone's client do ahead what it can. @returns gives it up */
function prepare(person: Participant, tracks: ILocalTrack[] = [], iceServers: IceServer[] = []): () => void {
  const client: unknown = person.client;
  if (!(client instanceof EmbeddedClient)) throw new Error("Not this app's client.");
  return client.prepare({ iceServers, topology: call.room.topology }, () => tracks);
}

/** What someone said, each by its type. */
function wordsOf(person: Participant) {
  return call.room.log
    .filter(({ from }) => from === person.uid)
    .map(({ signal }) => v.parse(PeerSignal, signal))
    .map((said) => (said.type === "description" ? said.description : said));
}

const ufragOf = (sdp: string | undefined) => /ice-ufrag:(\S+)/.exec(sdp ?? "")?.[1];

test("an offer that is made ahead leaves the page with the join, is the first word, and the only connection's", async () => {
  const one = await call.person(11, { color: "red" }).enter();
  const other = call.person(22, { color: "blue" });
  prepare(other);
  const [connection] = other.openConnections;
  await eventually(() => expect(connection?.iceGatheringState).toBe("complete"));
  expect(wordsOf(other)).toEqual([]);
  expect(one.client.remoteUsers).toEqual([]);

  await other.enter();
  await allPublished(one, other);
  const [first] = wordsOf(other);
  expect(first?.type).toBe("offer");
  const sdp = first?.type === "offer" ? first.sdp : undefined;
  expect(ufragOf(sdp)).toBe(ufragOf(connection?.localDescription?.sdp));
  expect(sdp).toContain("a=candidate:");
  expect(other.openConnections).toEqual([connection]);
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
});

test("an offer that was made ahead goes on with the ICE servers of who is in the call", async () => {
  const turn = (username: string) => ({ urls: ["turn:192.0.2.1:3478"], username, credential: "secret" });
  await call.person(11).enter();
  const other = call.person(22);
  prepare(other, [], [turn("600:22")]);
  if (other.page.seat) other.page.seat.iceServers = [turn("3600:22")];
  await other.join();
  await eventually(() => expect(other.openConnections).toHaveLength(1));
  expect(other.openConnections[0]?.getConfiguration().iceServers).toEqual([turn("3600:22")]);
});

test("an offer that is not made yet at the join is sent when it is", async () => {
  const one = await call.person(11, { color: "red" }).enter();
  const other = call.person(22, { color: "blue" });
  prepare(other);
  await other.enter();
  await allPublished(one, other);
  expect(other.openConnections).toHaveLength(1);
  expect(wordsOf(other)[0]?.type).toBe("offer");
  expect(await colorOf(other, one)).toBe("red");
});

test("what is going to be published is said by the first word, and published by the join", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22, { color: "blue" });
  await other.video.setEnabled(false);
  prepare(other, [other.audio, other.video]);
  await other.join();
  expect(other.client.localTracks).toEqual([other.audio]);
  await eventually(() => expect(one.userOf(other)).toMatchObject({ hasAudio: true, hasVideo: false }));
  expect(wordsOf(other)[0]).toMatchObject({ type: "offer" });
  const [first] = call.room.log.filter(({ from }) => from === other.uid);
  expect(v.parse(PeerSignal, first?.signal)).toMatchObject({ sends: { audio: "on", video: "off" } });

  await other.video.setEnabled(true);
  await other.client.publish([other.audio, other.video]);
  await allPublished(one, other);
  expect(await colorOf(one, other)).toBe("blue");
});

test("who has gone meanwhile is offered nothing, and whoever comes later is", async () => {
  const one = await call.person(11).enter();
  const other = call.person(22, { color: "blue" });
  prepare(other);
  await one.client.leave();
  call.room.remove(one.uid);
  await other.enter();
  expect(other.openConnections).toEqual([]);
  const later = await call.person(33).enter();
  await allPublished(other, later);
  expect(await colorOf(later, other)).toBe("blue");
});

test("both come at once with an offer that was made ahead: one of them counts", async () => {
  const one = call.person(11, { color: "red" });
  const other = call.person(22, { color: "blue" });
  for (const person of [one, other]) prepare(person);
  await Promise.all([one.enter(), other.enter()]);
  await allPublished(one, other);
  await eventually(() => {
    for (const { openConnections } of [one, other]) {
      expect(openConnections.map(({ connectionState }) => connectionState)).toEqual(["connected"]);
    }
  });
  expect(await colorOf(one, other)).toBe("blue");
  expect(await colorOf(other, one)).toBe("red");
});

test("a join that does not come about leaves no connection open, and so does one of nobody", async () => {
  const alone = call.person(11);
  prepare(alone);
  expect(alone.connections).toEqual([]);
  const other = call.person(22);
  const giveUp = prepare(other);
  expect(other.openConnections).toHaveLength(1);
  giveUp();
  expect(other.openConnections).toEqual([]);
});

test("nothing is made ahead where the relay carries the media", async () => {
  call.room.topology = "relay";
  call.person(11);
  const other = call.person(22);
  prepare(other);
  expect(other.connections).toEqual([]);
});
