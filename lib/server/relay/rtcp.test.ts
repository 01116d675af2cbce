import { describe, expect, it } from "vitest";
import {
  type GenericNack,
  ReceiverEstimatedMaxBitrate,
  RtcpPacketConverter,
  RtcpPayloadSpecificFeedback,
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
import { TransportFeedback } from "./transport-feedback";

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
    const bandwidth = new RtcpPayloadSpecificFeedback({
      feedback: new ReceiverEstimatedMaxBitrate({
        senderSsrc: 1,
        mediaSsrc: 0,
        ssrcNum: 1,
        brExp: 2,
        brMantissa: 250_000,
        ssrcFeedbacks: [7],
      }),
    });
    expect(parseRtcp(bandwidth.serialize())).toEqual([{ type: "bandwidth", bitsPerSecond: 1_000_000 }]);
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
