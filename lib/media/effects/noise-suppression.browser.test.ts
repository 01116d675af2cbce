import { afterEach, beforeEach, expect, test } from "vitest";
import { NoiseSuppression } from "./noise-suppression";
import { PACKAGE_FILES } from "./testing/package-files";

let suppression: NoiseSuppression;
beforeEach(async () => {
  suppression = await NoiseSuppression.load(PACKAGE_FILES);
});
afterEach(() => suppression.close());

/** A source of sound, in the microphone's place, of samples that repeat. */
function play(samples: Float32Array<ArrayBuffer>): MediaStreamTrack {
  const context = suppression.context;
  const buffer = new AudioBuffer({ length: samples.length, sampleRate: context.sampleRate });
  buffer.copyToChannel(samples, 0);
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  const destination = context.createMediaStreamDestination();
  source.connect(destination);
  source.start();
  const [track] = destination.stream.getAudioTracks();
  if (!track) throw new Error("No track.");
  return track;
}

/** How loud a track is now, on root mean square, in dB below full scale; polled, since the network listens itself in. */
function loudnessOf(track: MediaStreamTrack): () => number {
  const analyser = new AnalyserNode(suppression.context, { fftSize: 16_384 });
  suppression.context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return () => {
    analyser.getFloatTimeDomainData(samples);
    return 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length + 1e-12);
  };
}

const RATE_HZ = 48_000;

/** The rumble of a fan or a street: noise that is strongest below 200 Hz. */
function rumble(): Float32Array<ArrayBuffer> {
  let level = 0;
  return Float32Array.from({ length: RATE_HZ * 4 }, () => {
    level = 0.98 * level + 0.02 * (Math.random() * 2 - 1);
    return level;
  });
}

/** As steady as a sung vowel: four harmonics of one pitch. */
function sungVowel(): Float32Array<ArrayBuffer> {
  const harmonics = [1, 2, 3, 4];
  return Float32Array.from({ length: RATE_HZ }, (_, index) =>
    harmonics.reduce((sum, harmonic) => sum + Math.sin((2 * Math.PI * 200 * harmonic * index) / RATE_HZ) * 0.1, 0),
  );
}

test("a rumble is all but taken away", async () => {
  const before = loudnessOf(play(rumble()));
  const after = loudnessOf(suppression.process(play(rumble())).output);
  await expect.poll(before).toBeGreaterThan(-40);
  await expect.poll(after, { timeout: 10_000 }).toSatisfy((db: number) => db > -119 && db < before() - 30);
});

test("a voice stays as loud as it was", async () => {
  const before = loudnessOf(play(sungVowel()));
  const after = loudnessOf(suppression.process(play(sungVowel())).output);
  await expect.poll(before).toBeGreaterThan(-20);
  await expect.poll(after, { timeout: 10_000 }).toBeGreaterThan(before() - 3);
});
