import type { AgoraRTCStats, LocalAudioTrackStats, LocalVideoTrackStats } from "agora-rtc-react";
import { audioCodec, videoCodec } from "./codecs";
import type { ConnectionMeter } from "./connection-meter";
import type { MediaKind } from "./peer-signal";

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: number[]) => (numbers.length === 0 ? 0 : sum(numbers) / numbers.length);
const max = (numbers: number[]) => Math.max(0, ...numbers);

/** Of the whole call: what goes to everyone together, and the mean way there and back. */
export function rtcStats(
  meters: readonly ConnectionMeter[],
  { userCount, joinedAtMs }: { userCount: number; joinedAtMs: number },
): AgoraRTCStats {
  const readings = meters.flatMap((meter) => meter.latest ?? []);
  return {
    Duration: Math.round((performance.now() - joinedAtMs) / 1000),
    RecvBitrate: sum(meters.map((meter) => meter.throughput.received)),
    RecvBytes: sum(readings.map((reading) => reading.bytesReceived)),
    SendBitrate: sum(meters.map((meter) => meter.throughput.sent)),
    SendBytes: sum(readings.map((reading) => reading.bytesSent)),
    UserCount: userCount,
    RTT: mean(readings.map((reading) => reading.roundTripMs)),
    // Kilobits a second, as the SDK's.
    OutgoingAvailableBandwidth: sum(readings.map((reading) => reading.availableBitrate)) / 1000,
  };
}

function sent(meters: readonly ConnectionMeter[], kind: MediaKind) {
  const figures = meters.flatMap((meter) => meter.latest?.outbound[kind] ?? []);
  const rates = meters.map((meter) => meter.sent(kind));
  return {
    figures,
    common: {
      sendBitrate: sum(rates.map(({ bitrate }) => bitrate)),
      sendBytes: sum(figures.map(({ bytes }) => bytes)),
      sendPackets: sum(figures.map(({ packets }) => packets)),
      sendPacketsLost: sum(figures.map(({ packetsLost }) => packetsLost)),
      sendJitterMs: mean(figures.map(({ jitterMs }) => jitterMs)),
      sendRttMs: mean(figures.map(({ roundTripMs }) => roundTripMs)),
      currentPacketLossRate: max(rates.map(({ lossRate }) => lossRate)),
    },
  };
}

/** Of the published sound, to everyone together. */
export function localAudioStats(meters: readonly ConnectionMeter[], volumeLevel: number): LocalAudioTrackStats {
  const { figures, common } = sent(meters, "audio");
  return { ...audioCodec(figures[0]?.codec), sendVolumeLevel: volumeLevel * 100, ...common };
}

/** Of the published picture, to everyone together; size and frame rate are those of the best copy sent. */
export function localVideoStats(
  meters: readonly ConnectionMeter[],
  track: MediaStreamTrack | undefined,
  joinedAtMs: number,
): LocalVideoTrackStats {
  const { figures, common } = sent(meters, "video");
  const captured = track?.getSettings();
  return {
    ...videoCodec(figures[0]?.codec),
    ...common,
    sendFrameRate: max(figures.map(({ framesPerSecond }) => framesPerSecond)),
    captureFrameRate: captured?.frameRate ?? 0,
    sendResolutionWidth: max(figures.map(({ width }) => width)),
    sendResolutionHeight: max(figures.map(({ height }) => height)),
    captureResolutionWidth: captured?.width ?? 0,
    captureResolutionHeight: captured?.height ?? 0,
    encodeDelay: mean(figures.map(({ encodeMsPerFrame }) => encodeMsPerFrame)),
    targetSendBitrate: sum(figures.map(({ targetBitrate }) => targetBitrate)),
    totalDuration: track ? (performance.now() - joinedAtMs) / 1000 : 0,
    totalFreezeTime: 0,
  };
}
