import { EFFECT_FILES } from "./effect-files";
import type { Processing } from "./track-processor";

/** RNNoise knows sound at this rate only. Hertz. */
const SAMPLE_RATE_HZ = 48_000;

interface NoiseFiles {
  worklet: string;
  wasm: string;
  simdWasm: string;
}

const FILES: NoiseFiles = {
  worklet: `${EFFECT_FILES}/workletProcessor.js`,
  wasm: `${EFFECT_FILES}/rnnoise.wasm`,
  simdWasm: `${EFFECT_FILES}/rnnoise_simd.wasm`,
};

type Library = typeof import("@sapphi-red/web-noise-suppressor");

/**
 * RNNoise, a small neural network that lets voices through and little else. It has an AudioContext of its own: the rate
 * must be right whatever the speakers' is, and all of it goes when it is closed.
 */
export class NoiseSuppression {
  readonly context: AudioContext;
  readonly #library: Library;
  readonly #wasmBinary: ArrayBuffer;

  private constructor(context: AudioContext, library: Library, wasmBinary: ArrayBuffer) {
    this.context = context;
    this.#library = library;
    this.#wasmBinary = wasmBinary;
  }

  /** Downloads it, some 220 KB; from this server. Rejects where the browser lacks something, or the server is away. */
  static async load(files = FILES): Promise<NoiseSuppression> {
    const context = new AudioContext({ sampleRate: SAMPLE_RATE_HZ });
    try {
      const library = await import("@sapphi-red/web-noise-suppressor");
      const [wasmBinary] = await Promise.all([
        library.loadRnnoise({ url: files.wasm, simdUrl: files.simdWasm }),
        context.audioWorklet.addModule(files.worklet),
      ]);
      return new NoiseSuppression(context, library, wasmBinary);
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  /** @throws {DOMException} in a browser that can't bring a source of another rate (Firefox) into the context */
  process(input: MediaStreamTrack): Processing {
    const { context } = this;
    const source = context.createMediaStreamSource(new MediaStream([input]));
    const suppressor = new this.#library.RnnoiseWorkletNode(context, { maxChannels: 1, wasmBinary: this.#wasmBinary });
    suppressor.channelCount = 1;
    suppressor.channelCountMode = "explicit";
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    source.connect(suppressor).connect(destination);
    const [output] = destination.stream.getAudioTracks();
    if (!output) throw new Error("An audio destination has a track.");
    const stop = () => {
      source.disconnect();
      suppressor.disconnect();
      suppressor.destroy();
      output.stop();
    };
    return { output, stop };
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
