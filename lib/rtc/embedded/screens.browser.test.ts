import { expect, test } from "vitest";
import { colorOf, describeCall, eventually, hears } from "./testing/call";
import type { Participant } from "./testing/participant";

const call = describeCall();

/** What the browser has sent of sound and picture over all connections of a person, in packets. */
async function packetsSent(person: Participant): Promise<number> {
  let packets = 0;
  for (const connection of person.openConnections) {
    for (const report of (await connection.getStats()).values()) {
      if (report.type === "outbound-rtp") packets += report.packetsSent;
    }
  }
  return packets;
}

test("a screen is seen and heard by the others, who send it nothing", async () => {
  const rohit = await call.person(11, { color: "red" }).enter();
  const riya = await call.person(22, { color: "blue" }).enter();
  await eventually(() => expect(rohit.userOf(riya)).toMatchObject({ hasVideo: true }));
  const linksBefore = [rohit.openConnections, riya.openConnections];

  const screen = await call.person(220, { color: "lime", frequencyHz: 880, screenOf: riya }).enter();
  await eventually(() => expect(rohit.userOf(screen)).toMatchObject({ hasAudio: true, hasVideo: true }), 15_000);
  expect(await colorOf(rohit, screen)).toBe("lime");
  await hears(rohit, screen, 880);
  expect(screen.userOf(rohit)).toMatchObject({ hasAudio: false, hasVideo: false });
  const [toScreen] = rohit.connections.filter((connection) => !linksBefore[0]?.includes(connection));
  expect(toScreen?.getSenders().map(({ track }) => track)).toEqual([null, null]);

  // Not to its own page, and with no change for those who had a link.
  expect(riya.client.remoteUsers.map(({ uid }) => uid)).toEqual([11]);
  expect(riya.openConnections).toEqual(linksBefore[1]);
  expect(rohit.openConnections).toEqual(expect.arrayContaining(linksBefore[0] ?? []));
  expect(screen.openConnections).toHaveLength(1);
  expect(await colorOf(rohit, riya)).toBe("blue");
});

test("two screens have no link to each other, and who comes later has one to both", async () => {
  const rohit = await call.person(11).enter();
  const riya = await call.person(22).enter();
  const first = await call.person(110, { color: "lime", screenOf: rohit }).enter();
  const second = await call.person(220, { color: "yellow", screenOf: riya }).enter();
  const rahul = await call.person(33).enter();
  await eventually(() => expect(rahul.client.remoteUsers).toHaveLength(4), 15_000);
  expect(await colorOf(rahul, first)).toBe("lime");
  expect(await colorOf(rahul, second)).toBe("yellow");
  expect(first.client.remoteUsers.map(({ uid }) => uid).sort()).toEqual([22, 33]);
  expect(second.client.remoteUsers.map(({ uid }) => uid).sort()).toEqual([11, 33]);
  expect([first.openConnections.length, second.openConnections.length]).toEqual([2, 2]);
  expect(await packetsSent(first)).toBeGreaterThan(0);
});

test("a screen is sent in its own size, however many look on, and takes nothing from the faces", async () => {
  const rohit = await call.person(11).enter();
  const riya = await call.person(22).enter();
  const screen = call.person(220, { screenOf: riya });
  screen.video.getMediaStreamTrack().contentHint = "detail";
  await screen.enter();
  await eventually(() => expect(rohit.userOf(screen)).toMatchObject({ hasVideo: true }), 15_000);
  const encodings = (person: Participant) =>
    person.openConnections.flatMap((connection) =>
      connection
        .getSenders()
        .filter(({ track }) => track?.kind === "video")
        .map((sender) => sender.getParameters().encodings[0]),
    );
  await eventually(() =>
    expect(encodings(screen)).toMatchObject([{ scaleResolutionDownBy: 1, maxBitrate: 2_500_000, maxFramerate: 15 }]),
  );
  await eventually(() => expect(encodings(rohit)).toMatchObject([{ maxBitrate: 1_500_000 }]));
});
