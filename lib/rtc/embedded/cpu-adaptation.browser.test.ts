import { afterEach, expect, test } from "vitest";
import { pictureLimitOf } from "@/lib/rtc/inspect-link";
import { allPublished, describeCall, eventually } from "./testing/call";
import type { Participant } from "./testing/participant";

const call = describeCall();

const timings = { overuseMs: 400, underuseMs: 400 };

/** So large that to encode it takes more than the millisecond that the browser counts in. */
const size = { width: 960, height: 540 };

const USUAL = { scaleResolutionDownBy: 1, maxFramerate: 30, maxBitrate: 1_500_000 };
const LEAST = { scaleResolutionDownBy: 3, maxFramerate: 15, maxBitrate: 150_000 };

/** A machine with so few processors does not keep up with whatever is encoded. */
function haveProcessors(count: number): void {
  Object.defineProperty(navigator, "hardwareConcurrency", { configurable: true, get: () => count });
}

afterEach(() => {
  // What the browser says itself is behind it.
  Reflect.deleteProperty(navigator, "hardwareConcurrency");
});

function encodingsOf(person: Participant): RTCRtpEncodingParameters[] {
  const connections = person.openConnections;
  const senders = connections.flatMap((connection) => connection.getSenders());
  return senders.filter(({ track }) => track?.kind === "video").flatMap((sender) => sender.getParameters().encodings);
}

async function pair(): Promise<[Participant, Participant]> {
  const rohit = await call.person(11, { timings, size }).enter();
  const riya = await call.person(22, { timings, size }).enter();
  await allPublished(rohit, riya);
  await rohit.client.subscribe(22, "video");
  return [rohit, riya];
}

test("a machine that does not keep up encodes less, says why, and more again when it does", async () => {
  const [, riya] = await pair();
  await eventually(() => expect(encodingsOf(riya)).toMatchObject([USUAL]));

  haveProcessors(0);
  await eventually(() => expect(encodingsOf(riya)).toMatchObject([LEAST]));
  expect(pictureLimitOf(riya.client)).toBe("processor");

  haveProcessors(64);
  await eventually(() => expect(encodingsOf(riya)).toMatchObject([USUAL]));
  expect(pictureLimitOf(riya.client)).not.toBe("processor");
});

test("by the relay it sends fewer frames of each size", async () => {
  call.room.topology = "relay";
  const [, riya] = await pair();
  await eventually(() => expect(encodingsOf(riya)).toMatchObject([{ maxFramerate: 30 }, { maxFramerate: 30 }]));
  haveProcessors(0);
  await eventually(() => expect(encodingsOf(riya)).toMatchObject([{ maxFramerate: 10 }, { maxFramerate: 10 }]));
});
