import type { Instance, Uid } from "@/lib/contracts/identifiers";
import { HUB_LIMITS } from "./timings";

export interface StreamOwner {
  uid: Uid;
  instance: Instance;
  /** Unix seconds. */
  tokenExpiresAtSeconds: number;
}

/** One page's open event stream. */
export class RoomStream {
  readonly uid: Uid;
  readonly instance: Instance;
  readonly body: ReadableStream<Uint8Array>;
  tokenExpiresAtMs: number;
  /** When it was opened or last answered a ping. Monotonic milliseconds. */
  heardAtMs: number;
  readonly openedAtMs: number;
  /** When it was last sent a ping. `null`: never. */
  pingedAtMs: number | null = null;
  /** When its next ping is due: at a time of its own, once the first has been. `null`: the first, after as long as for all. */
  pingDueAtMs: number | null = null;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #release: (() => void) | undefined;

  /**
   * @param signal aborts when the reader is gone
   * @param onLost called once, when the reader went away by itself; not after `end()`
   * @param onEnd called once, however it ends
   */
  constructor(
    owner: StreamOwner,
    nowMs: number,
    signal: AbortSignal,
    { onLost, onEnd }: { onLost: (stream: RoomStream) => void; onEnd: () => void },
  ) {
    this.uid = owner.uid;
    this.instance = owner.instance;
    this.tokenExpiresAtMs = owner.tokenExpiresAtSeconds * 1_000;
    this.heardAtMs = nowMs;
    this.openedAtMs = nowMs;
    const lose = () => {
      if (!this.isOpen) return;
      this.end();
      onLost(this);
    };
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        cancel: lose,
      },
      new ByteLengthQueuingStrategy({ highWaterMark: HUB_LIMITS.queueBytes }),
    );
    signal.addEventListener("abort", lose, { once: true });
    this.#release = () => {
      this.#release = undefined;
      signal.removeEventListener("abort", lose);
      onEnd();
    };
  }

  get isOpen(): boolean {
    return this.#controller !== undefined;
  }

  /** Its reader is too slow: more waits than is kept for one. Seen at the next tick, not amid a broadcast. */
  get isOverfull(): boolean {
    return (this.#controller?.desiredSize ?? 0) < 0;
  }

  send(bytes: Uint8Array): void {
    if (!this.isOverfull) this.#controller?.enqueue(bytes);
  }

  /** Closes it after what is queued. */
  end(): void {
    const controller = this.#letGo();
    // Already closed when the reader cancelled.
    if (controller && controller.desiredSize !== null) closeQuietly(controller);
  }

  /** Closes it and drops what is queued. */
  cut(): void {
    this.#letGo()?.error(new Error("The reader of an event stream was too slow."));
  }

  #letGo(): ReadableStreamDefaultController<Uint8Array> | undefined {
    const controller = this.#controller;
    this.#controller = undefined;
    this.#release?.();
    return controller;
  }
}

/** A controller whose stream was cancelled can't be closed, and has no property that says so. */
function closeQuietly(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}
