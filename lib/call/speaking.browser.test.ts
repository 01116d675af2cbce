import AgoraRTC, { type IAgoraRTCClient, type ILocalAudioTrack } from "agora-rtc-react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { watchSpeaking } from "./speaking";

const ME = 1;
const NOISE_SECONDS = 2;

let context: AudioContext;
let track: ILocalAudioTrack;
let stop: () => void;
let heard: boolean[];

/** A microphone that gives noise of such a strength, by its root mean square in decibels of full scale. */
function microphoneAt(decibels: number): MediaStreamTrack {
  const buffer = context.createBuffer(1, NOISE_SECONDS * context.sampleRate, context.sampleRate);
  const amplitude = 10 ** (decibels / 20) * Math.sqrt(3);
  const samples = buffer.getChannelData(0);
  for (let at = 0; at < samples.length; at++) samples[at] = (Math.random() * 2 - 1) * amplitude;
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  const destination = context.createMediaStreamDestination();
  source.connect(destination);
  source.start();
  const [microphone] = destination.stream.getAudioTracks();
  if (!microphone) throw new Error("There is no track.");
  return microphone;
}

function listenTo(decibels: number): void {
  track = AgoraRTC.createCustomAudioTrack({ mediaStreamTrack: microphoneAt(decibels) });
  const client = { remoteUsers: [], localTracks: [track], uid: ME };
  stop = watchSpeaking(client as unknown as IAgoraRTCClient, (_uid, { isSpeaking }) => heard.push(isSpeaking));
}

beforeEach(() => {
  context = new AudioContext();
  heard = [];
});
afterEach(async () => {
  stop();
  track.close();
  await context.close();
});

test("a voice at the table is speaking", async () => {
  listenTo(-26);
  await expect.poll(() => heard.slice(-5), { timeout: 5000 }).toEqual(Array(5).fill(true));
});

test("the noise of a quiet room is not, though the microphone is heard", async () => {
  listenTo(-55);
  await expect.poll(() => track.getVolumeLevel(), { timeout: 5000 }).toBeGreaterThan(0.4);
  const from = heard.length;
  await expect.poll(() => heard.length, { timeout: 5000 }).toBeGreaterThan(from + 5);
  expect(heard).not.toContain(true);
});
