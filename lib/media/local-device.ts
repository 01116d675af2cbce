import type { ICameraVideoTrack, IMicrophoneAudioTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import { type DeviceProblem, deviceProblemOf } from "./device-problem";

/** `starting` while the browser opens the device or asks the person. */
export interface DeviceState {
  status: "off" | "starting" | "on";
  problem: DeviceProblem | null;
}

/** How one kind of device is opened, and silenced without giving it back for good. */
export interface DeviceDriver<Track> {
  create(): Promise<Track>;
  pause(track: Track): Promise<void>;
  resume(track: Track): Promise<void>;
}

type LocalTrack = ICameraVideoTrack | IMicrophoneAudioTrack;

/**
 * A camera or microphone and the one track made from it. Owns the track: nobody else opens or closes it. Turning on and
 * off may come faster than devices follow; the last wish wins.
 */
export class LocalDevice<Track extends LocalTrack> {
  readonly #driver: DeviceDriver<Track>;
  readonly #onChange: (state: DeviceState) => void;
  #track: Track | undefined;
  #isWanted = false;
  #isSettling: Promise<void> | undefined;
  #isClosed = false;
  #state: DeviceState = { status: "off", problem: null };

  constructor(driver: DeviceDriver<Track>, onChange: (state: DeviceState) => void) {
    this.#driver = driver;
    this.#onChange = onChange;
  }

  get state(): DeviceState {
    return this.#state;
  }

  /** The track, from when the device was first opened; it may be paused. */
  get track(): Track | undefined {
    return this.#track;
  }

  /** Takes a track that was opened together with another device's; paused, when it is not wanted any more. */
  async adopt(track: Track): Promise<void> {
    this.#take(track);
    if (this.#track !== track) return;
    try {
      if (this.#isWanted) this.#set({ status: "on", problem: null });
      else await this.#driver.pause(track);
    } catch (error) {
      logWarning("A device could not be turned off.", error);
    }
  }

  /** Says that the device is being opened, by someone who will `adopt` or `fail`. */
  expect(): void {
    this.#isWanted = true;
    this.#set({ status: "starting", problem: null });
  }

  fail(problem: DeviceProblem): void {
    this.#isWanted = false;
    this.#set({ status: "off", problem });
  }

  /** Turns the device to what it is not meant to be now, which may not be there yet. */
  toggle(): Promise<void> {
    return this.turn(!this.#isWanted);
  }

  /** Tries once more, by itself, what was not to be had together with another device; if it is wanted still. */
  retry(): Promise<void> {
    return this.turn(this.#isWanted);
  }

  /** Turns the device on or off. Never rejects: what went wrong is in the state. */
  turn(on: boolean): Promise<void> {
    this.#isWanted = on;
    this.#isSettling ??= this.#settle().finally(() => {
      this.#isSettling = undefined;
    });
    return this.#isSettling;
  }

  close(): void {
    this.#isClosed = true;
    this.#track?.close();
    this.#track = undefined;
  }

  async #settle(): Promise<void> {
    while (!this.#isClosed && this.#isWanted !== (this.#state.status === "on")) {
      const on = this.#isWanted;
      if (on) this.#set({ status: "starting", problem: null });
      try {
        if (on) await this.#open();
        else if (this.#track) await this.#driver.pause(this.#track);
        this.#set({ status: on ? "on" : "off", problem: null });
      } catch (error) {
        logWarning("A device could not be turned on or off.", error);
        this.fail(deviceProblemOf(error));
      }
    }
    if (this.#state.status === "starting" && !this.#isWanted) this.#set({ status: "off", problem: null });
  }

  async #open(): Promise<void> {
    if (this.#track) {
      await this.#driver.resume(this.#track);
      return;
    }
    this.#take(await this.#driver.create());
  }

  #take(track: Track): void {
    if (this.#isClosed || this.#track) {
      track.close();
      return;
    }
    this.#track = track;
    // Unplugged, or withdrawn by the browser. A track that has ended cannot be revived: the next turn makes a new one.
    track.on("track-ended", () => {
      if (this.#track !== track) return;
      this.#track = undefined;
      track.close();
      // What was off anyway is not missed.
      if (this.#isWanted) this.fail("lost");
    });
  }

  #set(state: DeviceState): void {
    if (this.#isClosed) return;
    this.#state = state;
    this.#onChange(state);
  }
}
