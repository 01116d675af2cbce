import * as v from "valibot";
import { expect, test } from "vitest";
import { EmbeddedClient } from "./embedded-client";
import { OfferDesk } from "./offer-draft";
import { PeerSignal } from "./peer-signal";
import { allPublished, colorOf, describeCall, eventually, hears } from "./testing/call";
import type { Participant } from "./testing/participant";
import type { Timings } from "./timings";

const call = describeCall();

/** Longer than a newcomer of a test takes from being known to their offer: elsewhere both come at once. */
const timings: Partial<Timings> = { standingOfferMs: 400 };
/** What does not come by itself does not come at all. */
const patient: Partial<Timings> = {
  ...timings,
  passiveWaitMs: 60_000,
  offeredPatienceMs: 60_000,
  retryMs: 60_000,
  qualityMs: 60_000,
};

function standingOf({ page }: Participant) {
  const left = v.parse(PeerSignal, page.standing?.signal);
  if (left.type !== "standing") throw new Error(`That is no standing offer, but ${left.type}.`);
  return left;
}

/** Someone who is in the room alone, and has left an offer. */
async function alone(uid: number): Promise<Participant> {
  const person = await call.person(uid, { color: "red", frequencyHz: 500, timings: patient }).enter();
  await eventually(() => expect(standingOf(person).sends).toEqual({ audio: "on", video: "on" }));
  return person;
}

const newcomerOf = (uid: number) => call.person(uid, { color: "blue", frequencyHz: 900, timings: patient });

/** Takes a seat with an offer that was drafted before the click, as the page does. @returns its connection */
async function takeSeat(newcomer: Participant): Promise<RTCPeerConnection | undefined> {
  const client: unknown = newcomer.client;
  if (!(client instanceof EmbeddedClient)) throw new Error("Not this app's client.");
  newcomer.page.isOutside = true;
  const draft = await new OfferDesk().draft();
  const seat = { ...newcomer.page.self, iceServers: [], topology: call.room.topology };
  await client.prepare(seat, () => [newcomer.audio, newcomer.video], draft).offered;
  newcomer.page.comeIn();
  return draft?.connection;
}

async function comeIn(newcomer: Participant): Promise<void> {
  await takeSeat(newcomer);
  await newcomer.enter();
}

async function seeAndHearEachOther(one: Participant, other: Participant): Promise<void> {
  await allPublished(one, other);
  // A connection that is replaced meanwhile ends its tracks.
  await eventually(async () => expect(await colorOf(one, other)).toBe("blue"));
  await eventually(async () => expect(await colorOf(other, one)).toBe("red"));
  await hears(one, other, 900);
  await hears(other, one, 500);
}

/** Everything that went from page to page, each by its type. */
function words(): string[] {
  return call.room.log
    .map(({ signal }) => v.parse(PeerSignal, signal))
    .map((said) => (said.type === "description" ? said.description.type : said.type));
}

/** An offer with lines of its own, and an offer all the same. */
function asOfOtherBrowsers(signal: unknown): unknown {
  const said = v.parse(PeerSignal, signal);
  if (said.type !== "description" || said.description.type !== "offer") return signal;
  const sdp = said.description.sdp.replaceAll("a=rtcp-rsize\r\n", "");
  return { ...said, description: { ...said.description, sdp } };
}

test.each([
  ["of the lower uid", 11, 22],
  ["of the higher uid", 22, 11],
])("who comes to one %s connects by the two offers alone, and nobody answers", async (_what, there, here) => {
  const one = await alone(there);
  const newcomer = newcomerOf(here);
  await comeIn(newcomer);
  await seeAndHearEachOther(one, newcomer);
  expect(words()).toEqual(expect.arrayContaining(["offer", "standing"]));
  expect(words()).not.toContain("answer");
  expect(words().filter((word) => word === "offer")).toHaveLength(1);
  expect([one.openConnections.length, one.page.standing]).toEqual([1, null]);
});

test("what was made ready for whoever comes is of use to one who brings nothing, too", async () => {
  const one = await alone(11);
  const newcomer = await newcomerOf(22).enter();
  await seeAndHearEachOther(one, newcomer);
  expect(words()).not.toContain("answer");
});

test("what the newcomer is given is applied as soon as it is there, before their client has joined", async () => {
  await alone(11);
  const connection = await takeSeat(newcomerOf(22));
  await eventually(() => expect(connection?.connectionState).toBe("connected"));
});

test.each([
  ["lower", 11, 22],
  ["higher", 22, 11],
])(
  "offers that do not fit are answered as ever by one of the %s uid, and nothing is left over",
  async (_what, there, here) => {
    const one = await alone(there);
    // Each finds the other's another browser's.
    const standing = standingOf(one);
    const sdp = standing.sdp.replaceAll("a=rtcp-rsize\r\n", "");
    one.page.standing = { connection: standing.connection, signal: { ...standing, sdp } };
    call.room.change = asOfOtherBrowsers;
    const newcomer = newcomerOf(here);
    await comeIn(newcomer);
    await seeAndHearEachOther(one, newcomer);
    expect(words()).toContain("answer");
    // The newcomer's is the draft.
    expect([one.openConnections.length, newcomer.openConnections.length]).toEqual([1, 0]);
  },
);

test("nor do those of a page with other rules for that", async () => {
  const one = await alone(11);
  const standing = standingOf(one);
  one.page.standing = { connection: standing.connection, signal: { ...standing, rules: 0 } };
  call.room.change = (signal) => ({ ...v.parse(PeerSignal, signal), rules: 0 });
  const newcomer = newcomerOf(22);
  await comeIn(newcomer);
  await seeAndHearEachOther(one, newcomer);
  expect(words()).toContain("answer");
});

test("where the browser has closed what was left, one whose offer fits is connected at once all the same", async () => {
  const one = await alone(11);
  for (const connection of one.connections) connection.close();
  const newcomer = newcomerOf(22);
  await comeIn(newcomer);
  await seeAndHearEachOther(one, newcomer);
});

test("and so is one whose offer does not fit", async () => {
  const one = await alone(11);
  for (const connection of one.connections) connection.close();
  const standing = standingOf(one);
  const sdp = standing.sdp.replaceAll("a=rtcp-rsize\r\n", "");
  one.page.standing = { connection: standing.connection, signal: { ...standing, sdp } };
  call.room.change = asOfOtherBrowsers;
  const newcomer = newcomerOf(22);
  await comeIn(newcomer);
  await seeAndHearEachOther(one, newcomer);
});

test("and so is one who is given what was left for somebody before them", async () => {
  const one = await alone(11);
  const old = one.page.standing;
  one.page.setConnected(false);
  one.page.setConnected(true);
  await eventually(() => expect(standingOf(one).connection).not.toBe(old?.connection));
  one.page.standing = old;
  const newcomer = newcomerOf(22);
  await comeIn(newcomer);
  await seeAndHearEachOther(one, newcomer);
});

test("it says what is sent now, and another is left when the server may have forgotten it, or this machine have slept", async () => {
  const one = await alone(11);
  const { connection } = standingOf(one);
  await one.video.setEnabled(false);
  const sends = { audio: "on", video: "muted" };
  await eventually(() => expect(standingOf(one)).toMatchObject({ connection, sends }));
  one.page.standing = null;
  one.page.setConnected(false);
  one.page.setConnected(true);
  await eventually(() => expect(standingOf(one)).toMatchObject({ sends }));
  expect(standingOf(one).connection).not.toBe(connection);
  expect(one.openConnections).toHaveLength(1);
});

test("what changed while it was on its way is said afterwards", async () => {
  const one = await alone(11);
  const before = one.page.standing;
  await one.video.setEnabled(false);
  // The server had not heard of it.
  one.page.standing = before;
  const newcomer = newcomerOf(22);
  await comeIn(newcomer);
  await eventually(() => expect(newcomer.userOf(one)).toMatchObject({ hasAudio: true, hasVideo: false }));
});

test("it is for one: taken back while anybody is there, left again when they are gone, and gone with who leaves", async () => {
  const one = await alone(11);
  const { connection } = standingOf(one);
  const newcomer = call.person(22, { timings });
  await eventually(() => expect(one.page.standing).toBeNull());
  await newcomer.enter();
  await allPublished(one, newcomer);
  await newcomer.client.leave();
  call.room.remove(newcomer.uid);
  await eventually(() => expect(standingOf(one).connection).not.toBe(connection));
  await one.client.leave();
  expect([one.page.standing, one.openConnections]).toEqual([null, []]);
});

test("the server lost for a moment just as somebody comes: what was left is taken back all the same", async () => {
  const one = await alone(11);
  const left = one.page.standing;
  call.person(22, { timings });
  one.page.setConnected(false);
  one.page.setConnected(true);
  expect(one.page.standing).toEqual(left);
  await eventually(() => expect(one.page.standing).toBeNull());
});

test("before a device was on nothing is left: a browser does not say this machine's addresses then", async () => {
  const one = call.person(11, { timings: { standingOfferMs: 20 } });
  await one.join();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(one.page.standing).toBeNull();
  await one.client.publish(one.audio);
  await eventually(() => expect(standingOf(one).sends).toEqual({ audio: "on", video: "off" }));
});
