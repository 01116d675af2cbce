import type { NetworkQuality } from "agora-rtc-react";
import type { ConnectionMeter } from "./connection-meter";
import { qualityGrade } from "./network-quality";

/** How well this page reaches the relay, in Agora's grades. Where it has no room for a picture, the downlink is poor. */
export function relayQuality(meter: ConnectionMeter | undefined, isPictureHeld: boolean): NetworkQuality {
  if (!meter?.latest) return { uplinkNetworkQuality: 0, downlinkNetworkQuality: 0 };
  const { roundTripMs } = meter.latest;
  const lossOfSent = Math.max(meter.sent("audio").lossRate, meter.sent("video").lossRate);
  const downlink = qualityGrade({ lossRate: meter.lossRateOfReceived, roundTripMs });
  return {
    uplinkNetworkQuality: qualityGrade({ lossRate: lossOfSent, roundTripMs }),
    downlinkNetworkQuality: isPictureHeld && downlink < POOR ? POOR : downlink,
  };
}

const POOR = 4;
