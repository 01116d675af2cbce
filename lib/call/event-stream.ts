import { createParser, type EventSourceMessage } from "eventsource-parser";
import { AppError } from "@/lib/app-error";
import { parseRoomEvent, type RoomEvent } from "@/lib/contracts/events";
import { logWarning } from "@/lib/log";
import { backOffMs, wait } from "./back-off";
import { askedPauseMs, mayPass } from "./may-pass";

export interface EventStreamTimings {
  /** Nothing heard for so long (the server pings every 5 s): the connection is dead, whatever the socket says. */
  silenceMs: number;
  /** Nothing heard for so long, and the network has just changed or the page was woken: likely dead. */
  doubtMs: number;
  backOff: { firstMs: number; maxMs: number };
}

const TIMINGS: EventStreamTimings = { silenceMs: 12_000, doubtMs: 6000, backOff: { firstMs: 500, maxMs: 2000 } };

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
  readonly #closing = new AbortController();
  #lastEventId: string | undefined;
  #reading: AbortController | undefined;
  #pause: AbortController | undefined;
  /** By the clock, which goes on while a computer sleeps; `performance.now()` and timers may not. One that is set meanwhile costs an opening. */
  #heardAtMs = Date.now();
  #isConnected = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#timings = { ...TIMINGS, ...options.timings };
    void this.#run();
  }

  /** Ends the stream for good. */
  close(): void {
    this.#closing.abort();
    this.#reading?.abort();
    this.#pause?.abort();
  }

  /**
   * The network is back or another one, or the page was woken: tries at once where it would have waited by itself, and
   * opens anew what may be a dead socket.
   */
  hurry(): void {
    this.#pause?.abort();
    if (Date.now() - this.#heardAtMs > this.#timings.doubtMs) this.#reading?.abort();
  }

  /** The browser says that there is no network: so it is shown, and what was cut is opened anew as soon as there is one. */
  interrupt(): void {
    this.#reading?.abort();
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #run(): Promise<void> {
    for (let attempt = 0; !this.#isClosed; attempt++) {
      let askedMs = 0;
      try {
        await this.#readOnce(() => {
          attempt = 0;
        });
      } catch (error) {
        if (this.#isClosed) break;
        if (error instanceof AppError && !mayPass(error) && !(await this.#options.onRefused(error))) break;
        if (error instanceof AppError) askedMs = askedPauseMs(error);
        else logWarning("The event stream was lost.", error);
      }
      this.#setConnected(false);
      if (askedMs > 0) await wait(askedMs, this.#closing.signal);
      if (this.#isClosed) break;
      this.#pause = new AbortController();
      await wait(backOffMs(attempt, this.#timings.backOff), this.#pause.signal);
      this.#pause = undefined;
    }
    this.#setConnected(false);
  }

  /** Opens the stream and reads it to its end; ends it by itself when it falls silent. */
  async #readOnce(onOpen: () => void): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      this.#heardAtMs = Date.now();
      clearTimeout(watchdog);
      watchdog = setTimeout(() => reading.abort(), this.#timings.silenceMs);
    };
    heard();
    try {
      const bytes = await this.#options.open(this.#lastEventId, reading.signal);
      onOpen();
      this.#setConnected(true);
      // What came together is told in one go: of a newcomer the offer, too, before anything of them is drawn.
      const parser = createParser({ onEvent: (message) => this.#deliver(message) });
      const reader = bytes.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
      for (let next = await reader.read(); !next.done && !this.#isClosed; next = await reader.read()) {
        heard();
        parser.feed(next.value);
      }
    } finally {
      clearTimeout(watchdog);
      reading.abort();
    }
  }

  #deliver(message: EventSourceMessage): void {
    if (this.#isClosed) return;
    try {
      const event = parseRoomEvent(message.event ?? "message", message.data);
      if (event) this.#options.onEvent(event);
    } catch (error) {
      // What fails once fails again: coming back to it would only open the stream over and over.
      logWarning(`An event of type ${message.event} could not be taken in.`, error);
    }
    if (message.id) this.#lastEventId = message.id;
  }

  #setConnected(isConnected: boolean): void {
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.#options.onConnectionChange(isConnected);
  }
}
