import { createSocket } from "node:dgram";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classes, Message, methods } from "werift";
import { buildAnswer } from "./answer";
import { parseOffer, UnusableOffer } from "./offer";
import { RelayCore } from "./relay-core";
import { buildNack, buildReceiverReports, buildSenderReport, parseRtcp } from "./rtcp";
import { buildRtp, isRtcp, parseRtp, rtpHeaderLength } from "./rtp-packet";
import { isSignedWith, isStun, parseBindingRequest } from "./stun-message";
import { offerOf } from "./testing/offer";
import { parseVp8 } from "./vp8-descriptor";

const PASSWORD = "a password of the relay's";
const STUN = new Message(methods.BINDING, classes.REQUEST)
  .setAttribute("USERNAME", "relay:page")
  .setAttribute("PRIORITY", 1)
  .addMessageIntegrity(Buffer.from(PASSWORD))
  .addFingerprint().bytes;
const RTP = buildRtp({
  payloadType: 96,
  isMarked: true,
  sequenceNumber: 1,
  timestamp: 2,
  ssrc: 3,
  extensions: [{ id: 3, value: Buffer.from([1, 2]) }],
  payload: Buffer.from("payload"),
});
const RTCP = Buffer.concat([
  buildSenderReport(7, { ntpSeconds: 1, ntpFraction: 5, rtpTimestamp: 6 }, { packets: 1, bytes: 2 }),
  buildReceiverReports([]),
  buildNack(8, [1, 2, 40]),
]);

/** Any bytes; and honest packets with some bytes changed, cut off or drawn out. */
const datagram = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(
      fc.constantFrom(STUN, RTP, RTCP),
      fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 6 }),
      fc.nat(300),
      fc.uint8Array({ maxLength: 20 }),
    )
    .map(([honest, changes, length, more]) => {
      const bent = Buffer.concat([honest.subarray(0, length), more]);
      for (const [at, value] of changes) if (at < bent.length) bent[at] = value;
      return bent;
    }),
);

describe("a datagram of any bytes", () => {
  it("is read or not, and nothing else comes of it", () => {
    fc.assert(
      fc.property(datagram, (packet) => {
        isStun(packet);
        isRtcp(packet);
        const request = parseBindingRequest(packet);
        // Nobody who has not the password makes one that is believed. (The signature is not over the length, bytes 2 and 3.)
        if (request && isSignedWith(request, PASSWORD)) {
          expect(request.signed.subarray(4)).toEqual(STUN.subarray(4, request.signed.length));
        }
        const length = rtpHeaderLength(packet);
        if (length !== undefined) expect(length).toBeLessThanOrEqual(packet.length);
        const rtp = parseRtp(packet);
        if (rtp) {
          expect(rtp.payload.length).toBeLessThanOrEqual(packet.length);
          parseVp8(rtp.payload);
        }
        expect(parseRtcp(packet).length).toBeLessThanOrEqual(packet.length / 8);
        parseVp8(packet);
      }),
      { numRuns: 3_000 },
    );
  });

  it("RTP is read as it was built, whatever is in it", () => {
    const packet = fc.record({
      payloadType: fc.nat(127),
      isMarked: fc.boolean(),
      sequenceNumber: fc.nat(65_535),
      timestamp: fc.nat(2 ** 31 - 1),
      ssrc: fc.nat(2 ** 31 - 1),
      extensions: fc.uniqueArray(
        fc.record({
          id: fc.integer({ min: 1, max: 14 }),
          value: fc.uint8Array({ minLength: 1, maxLength: 16 }).map((bytes) => Buffer.from(bytes)),
        }),
        { selector: ({ id }) => id, maxLength: 4 },
      ),
      payload: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(packet, (built) => {
        expect(parseRtp(buildRtp(built))).toEqual(built);
      }),
    );
  });

  it("does not end the relay, which goes on answering", async () => {
    const core = await RelayCore.start(0, { onNotice: () => undefined, onEnded: () => undefined });
    const socket = createSocket("udp4");
    try {
      for (const packet of fc.sample(datagram, { numRuns: 400, seed: 6 })) socket.send(packet, core.port, "127.0.0.1");
      const dropped = () => Object.values(core.drops).reduce((sum, count) => sum + count, 0);
      // UDP may lose some; those that came are counted, and nothing was thrown.
      await expect.poll(dropped).toBeGreaterThan(200);
    } finally {
      socket.close();
      core.stop();
    }
  });
});

describe("an offer", () => {
  const OFFER = offerOf();
  const TRANSPORT = { iceUfrag: "r", icePwd: "p", fingerprint: "AA", candidates: [{ address: "192.0.2.1", port: 1 }] };

  const answerOrRefusal = (sdp: string): string | undefined => {
    try {
      return buildAnswer(parseOffer(sdp), TRANSPORT, new Map());
    } catch (error) {
      if (error instanceof UnusableOffer) return undefined;
      throw error;
    }
  };

  it("of any text, or an honest one with lines changed, is answered or refused; each line of the answer is one", () => {
    const line = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom(
        "m=video",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "a=mid:",
        "a=mid:0",
        "a=simulcast:send ;;;;",
        "a=setup:",
        "a=rtpmap:999 VP8/90000",
      ),
      fc.constantFrom(...OFFER.split("\r\n")),
    );
    const changes = fc.array(fc.tuple(fc.nat(100), line, fc.boolean()), { maxLength: 5 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(line, { maxLength: 30 }).map((lines) => lines.join("\n")),
          changes,
        ),
        (made) => {
          let sdp = made as string;
          if (typeof made !== "string") {
            const lines = OFFER.split("\r\n");
            for (const [at, put, isNew] of made) lines.splice(at % lines.length, isNew ? 0 : 1, put);
            sdp = lines.join("\r\n");
          }
          const answer = answerOrRefusal(sdp);
          for (const each of answer?.trimEnd().split("\r\n") ?? []) expect(each).toMatch(/^[a-z]=/);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(answerOrRefusal(OFFER)).toBeDefined();
  });

  it("of a megabyte is refused or answered in a moment", () => {
    const startedAtMs = performance.now();
    for (const piece of [
      "m=video 9 x 1\r\n",
      "a=rtpmap:96 VP8/90000\r\n",
      "a=fingerprint:a b\r\n",
      "a=simulcast:send a;",
      "\r\n",
      "m=",
    ]) {
      answerOrRefusal(OFFER + piece.repeat(Math.floor(1_000_000 / piece.length)));
    }
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });
});
