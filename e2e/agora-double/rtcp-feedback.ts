import { PictureLossIndication, ReceiverEstimatedMaxBitrate, RtcpPayloadSpecificFeedback } from "werift";

/** Any number will do: the double sends nothing of its own. */
const SENDER_SSRC = 1;

/** 250 000 · 2³ bit/s: more than anyone's camera needs here. */
const MANTISSA = 250_000;
const EXPONENT = 3;

/** RFC 4585 §6.3.1. */
export function keyframeRequest(mediaSsrc: number): RtcpPayloadSpecificFeedback {
  return new RtcpPayloadSpecificFeedback({
    feedback: new PictureLossIndication({ senderSsrc: SENDER_SSRC, mediaSsrc }),
  });
}

/** How much a publisher may send (draft-alvestrand-rmcat-remb), in place of transport-wide congestion control. */
export function bandwidth(mediaSsrcs: number[]): RtcpPayloadSpecificFeedback {
  return new RtcpPayloadSpecificFeedback({
    feedback: new ReceiverEstimatedMaxBitrate({
      senderSsrc: SENDER_SSRC,
      mediaSsrc: 0,
      ssrcNum: mediaSsrcs.length,
      brExp: EXPONENT,
      brMantissa: MANTISSA,
      ssrcFeedbacks: mediaSsrcs,
    }),
  });
}
