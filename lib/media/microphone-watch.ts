import { logWarning } from "@/lib/log";
import type { DeviceEvent } from "./device-event";
import { MicrophoneSilence, TalkingWhileMuted } from "./microphone-sound";

const POLL_MS = 100;
/** At 48 kHz some 85 ms: nearly all of what comes between two looks. */
const FFT_SIZE = 4096;

/**
 * Listens along with the microphone, on this machine alone: for a voice while it is muted, and for no sound at all while
 * it is on. A muted track is silence, so a clone of it is listened to; the clone is never sent, and is given back with the
 * device.
 */
export class MicrophoneWatch {
  readonly #onEvent: (event: DeviceEvent) => void;
  readonly #talking = new TalkingWhileMuted();
  readonly #silence = new MicrophoneSilence();
  readonly #disposal = new AbortController();
  #context: AudioContext | undefined;
  #ear: { source: MediaStreamTrack; isMuted: boolean; dispose: () => void } | undefined;

  constructor(onEvent: (event: DeviceEvent) => void) {
    this.#onEvent = onEvent;
  }

  follow(source: MediaStreamTrack, { isMuted }: { isMuted: boolean }): void {
    if (this.#ear?.source === source && this.#ear.isMuted === isMuted) return;
    this.release();
    if (isMuted) this.#talking.start(performance.now());
    this.#ear = { source, isMuted, dispose: this.#listenTo(source, isMuted) };
  }

  /** Lets go of the device. */
  release(): void {
    this.#ear?.dispose();
    this.#ear = undefined;
    if (this.#silence.isSilent) this.#onEvent({ type: "microphone-heard" });
    this.#silence.forget();
  }

  close(): void {
    this.release();
    this.#disposal.abort();
    void this.#context?.close();
    this.#context = undefined;
  }

  #listenTo(source: MediaStreamTrack, isMuted: boolean): () => void {
    const context = this.#openContext();
    const clone = source.clone();
    clone.enabled = true;
    const input = context.createMediaStreamSource(new MediaStream([clone]));
    const analyser = new AnalyserNode(context, { fftSize: FFT_SIZE });
    input.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      // Until the person has clicked somewhere, a browser may let no page listen.
      if (context.state !== "running") return;
      analyser.getFloatTimeDomainData(samples);
      const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      this.#hear(level, isMuted);
    }, POLL_MS);
    return () => {
      clearInterval(timer);
      input.disconnect();
      clone.stop();
    };
  }

  #openContext(): AudioContext {
    if (this.#context) return this.#context;
    // Nothing of it is to be heard, so no speaker is kept busy for it where the browser knows how (Chrome and Edge, since 110).
    const options: AudioContextOptions & { sinkId: { type: "none" } } = { sinkId: { type: "none" } };
    const context = new AudioContext(options);
    this.#context = context;
    // Without a click browsers start none, and none is needed before the person is in the call.
    const resume = () => {
      context.resume().catch((error: unknown) => logWarning("The microphone can't be listened to.", error));
    };
    document.addEventListener("click", resume, { signal: this.#disposal.signal });
    return context;
  }

  #hear(level: number, isMuted: boolean): void {
    const nowMs = performance.now();
    if (isMuted) {
      if (this.#talking.hear(level, nowMs)) this.#onEvent({ type: "talking-while-muted" });
      return;
    }
    const wasSilent = this.#silence.isSilent;
    const isSilent = this.#silence.hear(level, nowMs);
    if (isSilent !== wasSilent) this.#onEvent({ type: isSilent ? "microphone-silent" : "microphone-heard" });
  }
}
