import { EventSourceParserStream } from "eventsource-parser/stream";
import { AppError } from "@/lib/app-error";
import { parseRoomEvent, type RoomEvent } from "@/lib/contracts/events";
import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";
import { mayPass } from "./may-pass";

export interface EventStreamTimings {
  /** Nothing heard for so long (the server pings every 5 s): the connection is dead, whatever the socket says. */
  silenceMs: number;
  backOff: { firstMs: number; maxMs: number };
}

const TIMINGS: EventStreamTimings = { silenceMs: 12_000, backOff: { firstMs: 500, maxMs: 2000 } };

export interface EventStreamOptions {
  open(lastEventId: string | undefined, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  onEvent(event: RoomEvent): void;
  onConnectionChange(isConnected: boolean): void;
  /**
   * The server refuses the stream.
   *
   * @returns whether to try again (with a new token, say); `false` ends it
   */
  onRefused(error: AppError): Promise<boolean>;
  timings?: Partial<EventStreamTimings>;
}

/**
 * A room's stream of events, kept open: reopened with back-off when it is lost or silent, resumed where it was cut.
 * Read with fetch, because `EventSource` cannot send the `Authorization` header.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #timings: EventStreamTimings;
  readonly #disposal = new AbortController();
  #lastEventId: string | undefined;
  #pause: AbortController | undefined;
  #isConnected = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#timings = { ...TIMINGS, ...options.timings };
    void this.#run();
  }

  /** Ends the stream for good. */
  close(): void {
    this.#disposal.abort();
  }

  /** Tries at once, where it would have waited; the network is back, or the page was woken. */
  hurry(): void {
    this.#pause?.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#disposal;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await this.#readOnce(() => {
          attempt = 0;
        });
      } catch (error) {
        if (signal.aborted) break;
        if (error instanceof AppError && !mayPass(error) && !(await this.#options.onRefused(error))) break;
        if (!(error instanceof AppError)) logWarning("The event stream was lost.", error);
      }
      this.#setConnected(false);
      this.#pause = new AbortController();
      await wait(backOffMs(attempt, this.#timings.backOff), AbortSignal.any([signal, this.#pause.signal]));
    }
    this.#setConnected(false);
  }

  /** Opens the stream and reads it to its end; ends it by itself when it falls silent. */
  async #readOnce(onOpen: () => void): Promise<void> {
    const current = new AbortController();
    const signal = AbortSignal.any([this.#disposal.signal, current.signal]);
    let watchdog = setTimeout(() => current.abort(), this.#timings.silenceMs);
    try {
      const bytes = await this.#options.open(this.#lastEventId, signal);
      onOpen();
      this.#setConnected(true);
      const events = bytes
        .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
        .pipeThrough(new EventSourceParserStream());
      const reader = events.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => current.abort(), this.#timings.silenceMs);
        this.#deliver(next.value);
      }
    } finally {
      clearTimeout(watchdog);
      current.abort();
    }
  }

  #deliver(message: { id?: string | undefined; event?: string | undefined; data: string }): void {
    if (this.#disposal.signal.aborted) return;
    let event: RoomEvent | undefined;
    try {
      event = parseRoomEvent(message.event ?? "message", message.data);
    } catch (error) {
      logWarning(`An event of type ${message.event} could not be read.`, error);
    }
    if (event) this.#options.onEvent(event);
    // Only now: an event whose handling was cut short must come again.
    if (message.id) this.#lastEventId = message.id;
  }

  #setConnected(isConnected: boolean): void {
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.#options.onConnectionChange(isConnected);
  }
}
