import { afterAll, expect, test } from "vitest";
import { allPublished, describeCall, eventually, hears } from "./testing/call";
import type { Participant } from "./testing/participant";
import { endRelay } from "./testing/relay-signalling";

const call = describeCall();
afterAll(endRelay);

const WINDOW_MS = 1000;

function voices({ openConnections }: Participant): RTCRtpSender[] {
  return openConnections
    .flatMap((connection) => connection.getSenders())
    .filter(({ track }) => track?.kind === "audio");
}

async function packetsOf(person: Participant): Promise<number> {
  let count = 0;
  for (const voice of voices(person)) {
    (await voice.getStats()).forEach((stat: RTCStats & { packetsSent?: number }) => {
      if (stat.type === "outbound-rtp") count += stat.packetsSent ?? 0;
    });
  }
  return count;
}

async function packetsInASecond(person: Participant): Promise<number> {
  const before = await packetsOf(person);
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
  return (await packetsOf(person)) - before;
}

/** By the relay each packet bears twice as much. */
const SPEAKING = { direct: 40, relay: 20 };

test.each(["direct", "relay"] as const)(
  "who says nothing sends next to nothing, and is heard when they speak: %s",
  async (topology) => {
    call.room.topology = topology;
    const rohit = await call.person(11, { frequencyHz: 440 }).enter();
    const riya = await call.person(22, { frequencyHz: 880 }).enter();
    await allPublished(rohit, riya);
    await hears(riya, rohit, 440);
    expect(await packetsInASecond(rohit)).toBeGreaterThan(SPEAKING[topology]);
    for (const { track } of voices(rohit)) if (track) track.enabled = false;
    // A word every 400 ms.
    await eventually(async () => expect([1, 2, 3, 4]).toContain(await packetsInASecond(rohit)), 10_000);
    for (const { track } of voices(rohit)) if (track) track.enabled = true;
    await hears(riya, rohit, 440);
  },
  60_000,
);
