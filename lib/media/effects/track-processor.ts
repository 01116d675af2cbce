import type { ILocalVideoTrack } from "agora-rtc-react";

/** What the SDK pipes a track through: `IBaseProcessor` of agora-rte-extension, whose own script weighs 100 KB. */
type Processor = ILocalVideoTrack["processorDestination"];
type Input = Parameters<Processor["updateInput"]>[0];

/** A track on its way through an effect. */
export interface Processing {
  output: MediaStreamTrack;
  stop(): void;
}

/**
 * Puts an effect into a track of the SDK: `track.pipe(processor).pipe(track.processorDestination)`. From then on the track
 * gives the processed MediaStreamTrack, to the tile and to whatever client has published it, until `track.unpipe()`.
 */
export class TrackProcessor implements Processor {
  readonly ID: string;
  readonly name: string;
  readonly kind: "audio" | "video";
  readonly enabled = true;
  readonly #process: (input: MediaStreamTrack) => Processing | null;
  #context: Input["context"] | undefined;
  #processing: Processing | null = null;
  #destination: Processor | undefined;

  /** @param process starts to process; called again for each other source that the track gets; `null` lets nothing through */
  constructor(
    { name, kind }: Pick<Processor, "name" | "kind">,
    process: (input: MediaStreamTrack) => Processing | null,
  ) {
    this.ID = crypto.randomUUID();
    this.name = name;
    this.kind = kind;
    this.#process = process;
  }

  pipe(destination: Processor): Processor {
    this.#destination = destination;
    this.#handOn();
    return destination;
  }

  unpipe(): void {
    this.#destination?.reset();
    this.#destination = undefined;
  }

  /** Called by the SDK with the track's source, and with each that takes its place. */
  updateInput({ track, context }: Input): void {
    // An audio track also tells of its node in the SDK's own graph, which is not used here.
    if (!track) return;
    this.#processing?.stop();
    this.#context = context;
    this.#processing = this.#process(track);
    // A microphone's new source is put in place after this call, over what is handed on within it.
    queueMicrotask(() => this.#handOn());
  }

  /** Called by the SDK when the track is unpiped or closed. */
  reset(): void {
    this.#destination?.reset();
    this.#processing?.stop();
    this.#processing = null;
  }

  /** The SDK turns no effect on or off by itself. */
  enable(): void {
    throw new Error("An effect is on for as long as it is piped.");
  }

  disable(): void {
    throw new Error("An effect is on for as long as it is piped.");
  }

  /** For processors that fire events; these tell what they have to tell by other ways. */
  on(): void {
    // No event is ever fired.
  }

  off(): void {
    // No event is ever fired.
  }

  #handOn(): void {
    if (!(this.#processing && this.#context)) return;
    this.#destination?.updateInput({ track: this.#processing.output, context: this.#context });
  }
}
