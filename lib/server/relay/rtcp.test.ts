import { describe, expect, it } from "vitest";
import {
  type GenericNack,
  RtcpPacketConverter,
  type RtcpRrPacket,
  type RtcpSrPacket,
  type RtcpTransportLayerFeedback,
  type TransportWideCC,
} from "werift";
import {
  buildKeyFrameRequest,
  buildNack,
  buildReceiverReports,
  buildSenderReport,
  buildTransportFeedback,
  parseRtcp,
} from "./rtcp";
import { parseTransportFeedback, TransportFeedback } from "./transport-feedback";

const REPORT = {
  ssrc: 9,
  fractionLost: 25,
  totalLost: -3,
  highestSequence: 70_000,
  jitter: 12,
  lastSenderReport: 0xfedcba98,
  delaySinceLast: 65_536,
};

describe("RTCP", () => {
  it("is read as it was built", () => {
    const clock = { ntpSeconds: 3_900_000_000, ntpFraction: 5, rtpTimestamp: 6 };
    const compound = Buffer.concat([
      buildSenderReport(7, clock, { packets: 1, bytes: 2 }),
      buildReceiverReports([REPORT]),
      buildNack(8, [65_534, 65_535, 0, 14, 15, 40]),
      buildKeyFrameRequest(11),
    ]);
    expect(parseRtcp(compound)).toEqual([
      { type: "sender-report", ssrc: 7, clock, reports: [] },
      { type: "receiver-report", reports: [REPORT] },
      { type: "nack", mediaSsrc: 8, sequenceNumbers: [65_534, 65_535, 0, 14, 15, 40] },
      { type: "key-frame-request", mediaSsrc: 11 },
    ]);
  });

  it("is read by others, and read of others", () => {
    const [nack] = RtcpPacketConverter.deSerialize(buildNack(8, [1, 2, 20])) as [RtcpTransportLayerFeedback];
    expect((nack.feedback as GenericNack).lost).toEqual([1, 2, 20]);
    const [report] = RtcpPacketConverter.deSerialize(buildReceiverReports([REPORT])) as [RtcpRrPacket];
    expect(report.reports[0]?.lsr).toBe(REPORT.lastSenderReport);
    const clock = { ntpSeconds: 1, ntpFraction: 2, rtpTimestamp: 3 };
    const [sent] = RtcpPacketConverter.deSerialize(buildSenderReport(7, clock, { packets: 4, bytes: 5 })) as [
      RtcpSrPacket,
    ];
    expect(sent.senderInfo).toMatchObject({ rtpTimestamp: 3, packetCount: 4, octetCount: 5 });
  });

  it("splits reports on more streams than one packet has room for", () => {
    const packets = parseRtcp(buildReceiverReports(Array.from({ length: 40 }, (_, ssrc) => ({ ...REPORT, ssrc }))));
    expect(packets.map((packet) => packet.type === "receiver-report" && packet.reports.length)).toEqual([31, 9]);
  });
});

describe("the report of arrivals", () => {
  it("tells when each packet came and which did not, over the numbers' end", () => {
    const feedback = new TransportFeedback();
    expect(feedback.report()).toBeUndefined();
    // Numbers and milliseconds; 65,535 is lost, 1 overtakes 0.
    for (const [number, ms] of [
      [65_533, 1_000],
      [65_534, 1_001.5],
      [1, 1_003],
      [0, 1_004],
      [2, 1_300],
    ] as const) {
      feedback.receive(number, ms);
    }
    const body = feedback.report() ?? Buffer.alloc(0);
    const [packet] = RtcpPacketConverter.deSerialize(buildTransportFeedback(5, body)) as [RtcpTransportLayerFeedback];
    const read = packet.feedback as TransportWideCC;
    expect(read.baseSequenceNumber).toBe(65_533);
    expect(read.packetStatusCount).toBe(6);
    // A vector of two-bit symbols: small, small, none, small, large, large, and one to fill it.
    expect(body.readUInt16BE(8).toString(2)).toBe("1101010001101000");
    // 64 ms units, then 250 µs ones.
    const atMs = read.recvDeltas.map(({ delta }) => delta / 1_000);
    const arrivals = atMs.map((_, index) =>
      atMs.slice(0, index + 1).reduce((sum, step) => sum + step, read.referenceTime * 64),
    );
    expect(arrivals).toEqual([1_000, 1_001.5, 1_004, 1_003, 1_300]);
  });

  it("is read as it was built, and in the forms that browsers build", () => {
    const feedback = new TransportFeedback();
    for (const [number, ms] of [
      [65_534, 1_000],
      [1, 1_003],
      [0, 1_004],
      [12, 1_900],
    ] as const) {
      feedback.receive(number, ms);
    }
    const [packet] = parseRtcp(buildTransportFeedback(5, feedback.report() ?? Buffer.alloc(0)));
    const came = new Map([
      [65_534, 1_000],
      [1, 1_003],
      [0, 1_004],
      [12, 1_900],
    ]);
    const sequences = Array.from({ length: 15 }, (_, index) => (65_534 + index) % 2 ** 16);
    const arrivals = sequences.map((sequence) => ({ sequence, atMs: came.get(sequence) }));
    expect(packet).toEqual({ type: "arrivals", arrivals });

    // Three that came, by their run's length, then fourteen in a vector of one-bit symbols of which the first came.
    const body = Buffer.from([0, 7, 0, 17, 0, 0, 2, 0, 0x20, 3, 0xa0, 0, 4, 8, 0, 255]);
    expect(parseTransportFeedback(body)).toEqual([
      { sequence: 7, atMs: 129 },
      { sequence: 8, atMs: 131 },
      { sequence: 9, atMs: 131 },
      { sequence: 10, atMs: 194.75 },
      ...Array.from({ length: 13 }, (_, index) => ({ sequence: 11 + index, atMs: undefined })),
    ]);
  });

  it("is none where it is cut off", () => {
    const body = Buffer.from([0, 7, 0, 17, 0, 0, 2, 0, 0x20, 3, 0xa0, 0, 4, 8, 0, 255]);
    for (let length = 0; length < body.length; length++) {
      expect(parseTransportFeedback(body.subarray(0, length))).toBeUndefined();
    }
  });

  it("goes on where the last one ended, and counts", () => {
    const feedback = new TransportFeedback();
    feedback.receive(10, 0);
    const first = feedback.report();
    feedback.receive(12, 20);
    const second = feedback.report();
    expect([first?.readUInt16BE(0), first?.readUInt8(7)]).toEqual([10, 0]);
    expect([second?.readUInt16BE(0), second?.readUInt16BE(2), second?.readUInt8(7)]).toEqual([11, 2, 1]);
  });
});
