import { logWarning } from "@/lib/log";
import { backOffMs, soon, wait } from "./back-off";
import type { CallState, CallStore } from "./call-store";
import { mayPassForMember } from "./may-pass";
import { isMutedByHost } from "./selectors";

const BACK_OFF = { firstMs: 500, maxMs: 4000 };

interface HostMuteOptions {
  store: CallStore;
  /** Turns this person's microphone off. */
  silence(): void;
  /** Tells the server that the microphone is on again. */
  unmute(signal: AbortSignal): Promise<void>;
}

/**
 * What being muted by a host means here: the microphone goes off. Turning it on again is this person's own choice, and the
 * server is told until it knows, since the others do not play the microphone before.
 */
export class HostMute {
  readonly #options: HostMuteOptions;
  readonly #disposal = new AbortController();
  readonly #stopWatching: () => void;
  #isSaying = false;

  constructor(options: HostMuteOptions) {
    this.#options = options;
    this.#stopWatching = options.store.subscribe((state, previous) => this.#onChange(state, previous));
  }

  dispose(): void {
    this.#disposal.abort();
    this.#stopWatching();
  }

  #onChange(state: CallState, previous: CallState): void {
    if (!isMutedByHost(state)) return;
    if (!isMutedByHost(previous)) {
      if (state.microphone.status !== "off") this.#options.silence();
    } else if (state.microphone.status === "on" && previous.microphone.status !== "on") {
      void this.#say();
    }
  }

  async #say(): Promise<void> {
    if (this.#isSaying) return;
    this.#isSaying = true;
    const { signal } = this.#disposal;
    for (let failures = 0; this.#isToBeSaid() && !signal.aborted; failures++) {
      try {
        await this.#options.unmute(soon(signal));
        break;
      } catch (error) {
        if (signal.aborted) break;
        if (!mayPassForMember(error)) {
          logWarning("The unmuting was refused.", error);
          break;
        }
        await wait(backOffMs(failures, BACK_OFF), signal);
      }
    }
    this.#isSaying = false;
  }

  #isToBeSaid(): boolean {
    const state = this.#options.store.getState();
    return isMutedByHost(state) && state.microphone.status === "on";
  }
}
