import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { allPublished, describeCall, eventually } from "./testing/call";
import { toneHeardIn } from "./testing/painted-media";

const call = describeCall();

const TONE_HZ = 440;
const SPEAKER_ID = "default";

/** The elements that were made to be heard. */
let players: HTMLAudioElement[];

beforeEach(() => {
  players = [];
  const create = document.createElement.bind(document);
  vi.spyOn(document, "createElement").mockImplementation((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLAudioElement) players.push(element);
    return element;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** What plays now, and how loud its element is. */
function heard() {
  return players
    .filter(({ autoplay, paused, srcObject }) => autoplay && !paused && srcObject)
    .map(({ volume, srcObject }) => ({ volume, track: (srcObject as MediaStream).getAudioTracks()[0] }));
}

async function soundOfAnother() {
  const rohit = await call.person(11, { frequencyHz: TONE_HZ }).enter();
  const riya = await call.person(22).enter();
  await allPublished(rohit, riya);
  const listened = vi.spyOn(AudioContext.prototype, "createMediaStreamSource");
  const sound = await riya.client.subscribe(riya.userOf(rohit), "audio");
  return { sound, riya, rohit, listened };
}

/** The root mean square of half a second of it. */
async function strengthOf(track: MediaStreamTrack): Promise<number> {
  const context = new AudioContext();
  const ear = new AnalyserNode(context, { fftSize: 16_384 });
  context.createMediaStreamSource(new MediaStream([track])).connect(ear);
  const samples = new Float32Array(ear.fftSize);
  try {
    return await eventually(() => {
      ear.getFloatTimeDomainData(samples);
      if (samples.some((sample) => sample === 0)) throw new Error("It has not been listened to long enough.");
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    });
  } finally {
    await context.close();
  }
}

test("another's sound is played and measured without Web Audio", async () => {
  const { sound, listened } = await soundOfAnother();
  sound.play();
  await eventually(() => expect(sound.isPlaying).toBe(true));
  await eventually(() => expect(sound.getVolumeLevel()).toBeGreaterThan(0.2));
  expect(listened).not.toHaveBeenCalled();
  expect(heard()).toEqual([{ volume: 1, track: sound.getMediaStreamTrack() }]);
});

test("its volume is the element's, before it plays and while it does; one that is stopped is not heard", async () => {
  const { sound } = await soundOfAnother();
  sound.setVolume(50);
  sound.play();
  await eventually(() => expect(heard()).toMatchObject([{ volume: 0.5 }]));
  sound.setVolume(20);
  expect(heard()).toMatchObject([{ volume: 0.2 }]);
  sound.stop();
  expect([heard(), sound.isPlaying]).toEqual([[], false]);
});

test("a volume that is none is refused, and changes nothing", async () => {
  const { sound } = await soundOfAnother();
  sound.setVolume(50);
  for (const volume of [-1, 1001, Number.NaN]) {
    expect(() => sound.setVolume(volume)).toThrow(expect.objectContaining({ code: "INVALID_PARAMS" }));
  }
  expect(sound.getVolume()).toBe(50);
});

test("where no speaker can be chosen, that is said", async () => {
  const { sound } = await soundOfAnother();
  const { setSinkId } = HTMLMediaElement.prototype;
  Reflect.deleteProperty(HTMLMediaElement.prototype, "setSinkId");
  try {
    await expect(sound.setPlaybackDevice(SPEAKER_ID)).rejects.toMatchObject({ code: "NOT_SUPPORTED" });
  } finally {
    HTMLMediaElement.prototype.setSinkId = setSinkId;
  }
});

test("the speaker that was chosen before is kept over a stop", async () => {
  const chosen = vi.spyOn(HTMLMediaElement.prototype, "setSinkId");
  const { sound } = await soundOfAnother();
  await sound.setPlaybackDevice(SPEAKER_ID);
  sound.play();
  sound.stop();
  sound.play();
  await eventually(() => expect(chosen.mock.calls).toEqual([[SPEAKER_ID], [SPEAKER_ID]]));
});

test("who takes the sound elsewhere has it, whether it is played or not", async () => {
  const { sound } = await soundOfAnother();
  const isHeard = async () => expect(await toneHeardIn(sound.getMediaStreamTrack())).toBeCloseTo(TONE_HZ, -2);
  await eventually(isHeard);
  sound.play();
  sound.stop();
  await eventually(isHeard);
});

test("its samples are given to who asks for them, while it goes on being heard once", async () => {
  const { sound } = await soundOfAnother();
  sound.play();
  let loudest = 0;
  sound.setAudioFrameCallback((buffer) => {
    for (const sample of buffer.getChannelData(0)) loudest = Math.max(loudest, Math.abs(sample));
  });
  await eventually(() => expect(loudest).toBeGreaterThan(0.05));
  await eventually(() => expect(heard().map(({ volume }) => volume)).toEqual([0, 1]));
  sound.setVolume(30);
  const original = await strengthOf(sound.getMediaStreamTrack());
  const [, made] = heard();
  if (!made?.track) throw new Error("What was made of it is not played.");
  expect((await strengthOf(made.track)) / original).toBeCloseTo(0.3, 1);
  expect(made.volume).toBe(1);
  sound.stop();
  expect(heard()).toEqual([]);
});

test("amplified, it is louder than it came", async () => {
  const { sound } = await soundOfAnother();
  sound.play();
  sound.setVolume(300);
  const original = await strengthOf(sound.getMediaStreamTrack());
  const [silent, amplified] = heard();
  if (!amplified?.track) throw new Error("Nothing amplified is played.");
  expect([silent?.volume, amplified.volume]).toEqual([0, 1]);
  const ratio = (await strengthOf(amplified.track)) / original;
  expect(ratio).toBeGreaterThan(2.4);
  expect(ratio).toBeLessThan(3.6);
});

test("nothing of it is left when it is no longer subscribed", async () => {
  const cloned = vi.spyOn(MediaStreamTrack.prototype, "clone");
  const { sound, riya, rohit } = await soundOfAnother();
  sound.play();
  sound.setVolume(300);
  await eventually(() => expect(heard()).toHaveLength(2));
  await riya.client.unsubscribe(riya.userOf(rohit), "audio");
  expect(heard()).toEqual([]);
  const clones = cloned.mock.results.map(({ value }) => value as MediaStreamTrack);
  expect(clones).toContain(sound.getMediaStreamTrack());
  expect(clones.filter(({ kind }) => kind === "audio").map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
});
