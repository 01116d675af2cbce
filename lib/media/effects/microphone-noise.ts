import type { IMicrophoneAudioTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import { FallingBehind } from "./falling-behind";
import { NoiseSuppression } from "./noise-suppression";
import { TrackProcessor } from "./track-processor";

const LOOK_EVERY_MS = 1000;

/** A second of sound that takes longer than this to be made has gaps in it. */
const MIN_SPEED = 0.9;

/** Why noise is not suppressed: the machine is too `slow`, or it `failed`. */
export type NoiseProblem = "slow" | "failed";

interface NoiseListener {
  onStatus(status: "off" | "starting" | "on"): void;
  /** It is off now; the microphone's own sound goes on. */
  onTrouble(problem: NoiseProblem): void;
}

/** A microphone's noise suppression: loaded when it is first wanted, put into one track of the SDK's after another. */
export class MicrophoneNoise {
  readonly #listener: NoiseListener;
  readonly #load: () => Promise<NoiseSuppression>;
  #isWanted = false;
  #track: IMicrophoneAudioTrack | undefined;
  #running: { suppression: NoiseSuppression; stop: () => void } | undefined;
  #piped: { track: IMicrophoneAudioTrack; source: MediaStreamTrack } | undefined;
  #isLoading = false;

  constructor(listener: NoiseListener, load: () => Promise<NoiseSuppression> = () => NoiseSuppression.load()) {
    this.#listener = listener;
    this.#load = load;
  }

  /** What the microphone itself gives to a track, suppressed or not. */
  sourceOf(track: IMicrophoneAudioTrack): MediaStreamTrack {
    return this.#piped?.track === track ? this.#piped.source : track.getMediaStreamTrack();
  }

  turn(on: boolean): void {
    this.#isWanted = on;
    this.#settle();
  }

  /** The microphone that is open, if any. */
  follow(track: IMicrophoneAudioTrack | undefined): void {
    if (this.#track === track) return;
    this.#track = track;
    this.#settle();
  }

  close(): void {
    this.#track = undefined;
    this.turn(false);
  }

  #settle(): void {
    if (!(this.#isWanted && this.#track)) {
      this.#unpipe();
      if (!this.#isWanted) this.#end();
      this.#listener.onStatus("off");
      return;
    }
    if (!this.#running) {
      this.#listener.onStatus("starting");
      void this.#begin();
      return;
    }
    // Until a browser lets sound run, by a click as a rule, the microphone's own is sent.
    if (this.#running.suppression.context.state === "running") this.#pipe(this.#running.suppression, this.#track);
    else this.#unpipe();
    this.#listener.onStatus(this.#piped ? "on" : "starting");
  }

  async #begin(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      const suppression = await this.#load();
      this.#running = { suppression, stop: this.#attend(suppression) };
    } catch (error) {
      this.#giveUp("failed", error);
    } finally {
      this.#isLoading = false;
    }
    this.#settle();
  }

  /** Starts the context when the browser lets it, and gives up where it can't keep up. */
  #attend({ context }: NoiseSuppression): () => void {
    const attendance = new AbortController();
    const { signal } = attendance;
    const resume = () => {
      if (context.state === "running") return;
      context.resume().catch((error: unknown) => logWarning("Noise suppression can't start yet.", error));
    };
    context.addEventListener("statechange", () => this.#settle(), { signal });
    for (const type of ["click", "keydown"] as const) document.addEventListener(type, resume, { signal });
    resume();

    const falling = new FallingBehind();
    let [atMs, soundS] = [performance.now(), context.currentTime];
    const timer = setInterval(() => {
      const [elapsedS, madeS] = [(performance.now() - atMs) / 1000, context.currentTime - soundS];
      [atMs, soundS] = [performance.now(), context.currentTime];
      if (context.state !== "running" || !falling.look(madeS < MIN_SPEED * elapsedS)) return;
      this.#giveUp("slow");
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      attendance.abort();
    };
  }

  #pipe(suppression: NoiseSuppression, track: IMicrophoneAudioTrack): void {
    if (this.#piped?.track === track) return;
    this.#unpipe();
    const processor = new TrackProcessor({ name: "noise-suppression", kind: "audio" }, (source) => {
      this.#piped = { track, source };
      return suppression.process(source);
    });
    try {
      track.pipe(processor).pipe(track.processorDestination);
    } catch (error) {
      this.#giveUp("failed", error);
    }
  }

  #unpipe(): void {
    const track = this.#piped?.track;
    this.#piped = undefined;
    track?.unpipe();
  }

  #giveUp(problem: NoiseProblem, cause?: unknown): void {
    logWarning(`Noise suppression is turned off: ${problem}.`, cause);
    const wasWanted = this.#isWanted;
    this.turn(false);
    if (wasWanted) this.#listener.onTrouble(problem);
  }

  #end(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.stop();
    running?.suppression.close().catch((error: unknown) => logWarning("Noise suppression was not closed.", error));
  }
}
