import type { Page } from "@playwright/test";
import type { Participant } from "@/e2e/participant";

/** Well above the voices of `persona.ts`. */
const CLAP_HZ = 3000;

/**
 * Runs in the page before any of its scripts: camera and microphone give a film clapper, a white picture and a tone that begin at the same
 * moment, as often as `everyMs` and for `clapMs`.
 */
function clap({ everyMs, clapMs, toneHz }: { everyMs: number; clapMs: number; toneHz: number }): void {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const context = canvas.getContext("2d");
  const sound = new AudioContext();
  const tone = new GainNode(sound, { gain: 0 });
  const oscillator = new OscillatorNode(sound, { frequency: toneHz });
  const speaker = sound.createMediaStreamDestination();
  oscillator.connect(tone).connect(speaker);
  oscillator.start();
  document.addEventListener("click", () => void sound.resume());

  const film = canvas.captureStream(0).getVideoTracks()[0] as CanvasCaptureMediaStreamTrack;
  let shade = 0;
  const paint = (isWhite: boolean) => {
    if (!context) return;
    // What never changes is not encoded.
    shade = (shade + 1) % 8;
    context.fillStyle = isWhite ? "white" : `rgb(${shade} ${shade} ${shade})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    film.requestFrame();
  };
  let isWhite = false;
  setInterval(() => paint(isWhite), 66);
  setInterval(() => {
    isWhite = true;
    tone.gain.value = 0.5;
    paint(isWhite);
    setTimeout(() => {
      isWhite = false;
      tone.gain.value = 0;
      paint(isWhite);
    }, clapMs);
  }, everyMs);

  navigator.mediaDevices.getUserMedia = async (constraints) => {
    // For the question of permission, and for what the devices are called.
    for (const track of (await original(constraints)).getTracks()) track.stop();
    const given = new MediaStream();
    if (constraints?.video) given.addTrack(film.clone());
    if (constraints?.audio) for (const track of speaker.stream.getAudioTracks()) given.addTrack(track.clone());
    return given;
  };
}

/** For `prepare` of someone's page. */
export async function holdClapper(page: Page): Promise<void> {
  await page.addInitScript(clap, { everyMs: 2_000, clapMs: 200, toneHz: CLAP_HZ });
}

interface ClapWatch {
  take(): { shownAtMs: number[]; heardAtMs: number[] };
}

/** A clap whose picture and sound are further apart than this is two of which one was lost. */
const ONE_CLAP_MS = 900;

/**
 * Watches when someone sees and hears the other's clapper, as it is played. `keepPlayers` must have prepared the watcher's page.
 *
 * @returns gives, of each clap since it was last asked, by how many milliseconds the sound came after the picture
 */
export async function watchClaps(watcher: Participant, other: { name: string }): Promise<() => Promise<number[]>> {
  const watch = await watcher.tileOf(other).evaluateHandle((tile, toneHz): ClapWatch => {
    const taken = { shownAtMs: [] as number[], heardAtMs: [] as number[] };
    const eye = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
      willReadFrequently: true,
    });
    const watched = new WeakSet<HTMLVideoElement>();
    let [wasWhite, wasLoud] = [false, false];
    const follow = (video: HTMLVideoElement) => {
      if (watched.has(video)) return;
      watched.add(video);
      const onFrame = () => {
        eye?.drawImage(video, 0, 0, 1, 1);
        const isWhite = (eye?.getImageData(0, 0, 1, 1).data[0] ?? 0) > 128;
        if (isWhite && !wasWhite) taken.shownAtMs.push(performance.now());
        wasWhite = isWhite;
        video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
    };
    const context = new AudioContext();
    const ears = new Map<MediaStreamTrack, { analyser: AnalyserNode; source: AudioNode }>();
    const strengths = new Uint8Array(512);
    const hears = (track: MediaStreamTrack) => {
      let ear = ears.get(track);
      if (!ear) {
        const analyser = new AnalyserNode(context, { fftSize: 2 * strengths.length, smoothingTimeConstant: 0 });
        const source = context.createMediaStreamSource(new MediaStream([track]));
        source.connect(analyser);
        ear = { analyser, source };
        ears.set(track, ear);
      }
      ear.analyser.getByteFrequencyData(strengths);
      return (strengths[Math.round((toneHz / context.sampleRate) * 2 * strengths.length)] ?? 0) > 160;
    };
    setInterval(() => {
      for (const video of tile.querySelectorAll("video")) follow(video);
      const { players } = window as unknown as { players: HTMLAudioElement[] };
      const tracks = players
        .filter((player) => player.autoplay && !player.muted && !player.paused)
        .flatMap((player) => (player.srcObject instanceof MediaStream ? player.srcObject.getAudioTracks() : []));
      for (const [gone, ear] of ears) {
        if (tracks.some((track) => track === gone)) continue;
        // An analyser with a source works on for ever, whether anybody asks it or not.
        ear.source.disconnect();
        ears.delete(gone);
      }
      const isLoud = tracks.map(hears).some(Boolean);
      if (isLoud && !wasLoud) taken.heardAtMs.push(performance.now());
      wasLoud = isLoud;
    }, 10);
    return { take: () => ({ shownAtMs: taken.shownAtMs.splice(0), heardAtMs: taken.heardAtMs.splice(0) }) };
  }, CLAP_HZ);
  return async () => {
    const { shownAtMs, heardAtMs } = await watch.evaluate((it) => it.take());
    return shownAtMs.flatMap((shown) => {
      const after = heardAtMs.map((heard) => heard - shown).filter((ms) => Math.abs(ms) < ONE_CLAP_MS);
      return after.length === 0 ? [] : [after.reduce((best, ms) => (Math.abs(ms) < Math.abs(best) ? ms : best))];
    });
  };
}
