import type { ICameraVideoTrack, IMicrophoneAudioTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import type { DeviceChoice } from "./device-choice";
import { type DeviceProblem, mayBeOfGoneDevice } from "./device-problem";

/** `starting` while the browser opens the device or asks the person. */
export interface DeviceState {
  status: "off" | "starting" | "on";
  /** Why it is off although the person wants it on. */
  problem: DeviceProblem | null;
  /** The device that is open, silenced or not; `null` while none is. */
  open: DeviceChoice | null;
}

export const DEVICE_OFF: DeviceState = { status: "off", problem: null, open: null };

/** How one kind of device is opened, changed, and silenced without giving it back for good. */
export interface DeviceDriver<Track> {
  create(): Promise<Track>;
  pause(track: Track): Promise<void>;
  resume(track: Track): Promise<void>;
  /** Goes over to another device, in place: the track stays the same, and what is published goes on. */
  change(track: Track, deviceId: string): Promise<void>;
  /**
   * Whether a track can't be paused, resumed or changed as it is now: it is closed, and another one opened when it is wanted.
   */
  isOnce?(): boolean;
  /** What the device itself gives to a track, whatever is made of it. */
  sourceOf(track: Track): MediaStreamTrack;
  problemOf(error: unknown): Promise<DeviceProblem>;
}

interface DeviceListener {
  onChange(state: DeviceState): void;
  /** The open device ended: it was unplugged or withdrawn. To be answered with `change` or `lose`. */
  onEnded(): void;
}

type LocalTrack = ICameraVideoTrack | IMicrophoneAudioTrack;

/**
 * A camera or microphone and the one track made from it. Owns the track: nobody else opens or closes it. Turning on and
 * off, and changing the device, may come faster than devices follow; the last wish wins.
 */
export class LocalDevice<Track extends LocalTrack> {
  readonly #driver: DeviceDriver<Track>;
  readonly #listener: DeviceListener;
  #track: Track | undefined;
  #isWanted = false;
  /** The device to go over to. */
  #nextDeviceId: string | undefined;
  #isSettling: Promise<void> | undefined;
  #isClosed = false;
  #state = DEVICE_OFF;
  readonly #noteEnded = () => this.#listener.onEnded();

  constructor(driver: DeviceDriver<Track>, listener: DeviceListener) {
    this.#driver = driver;
    this.#listener = listener;
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
      if (this.#isWanted) this.#set("on");
      else await this.#driver.pause(track);
    } catch (error) {
      logWarning("A device could not be turned off.", error);
    }
  }

  /** Says that the device is being opened, by someone who will `adopt` or `fail`. */
  expect(): void {
    this.#isWanted = true;
    this.#set("starting");
  }

  fail(problem: DeviceProblem): void {
    this.#isWanted = false;
    this.#set("off", problem);
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
    return this.#settleSoon();
  }

  /** Goes over to another device, on or off as it is. Never rejects: `state.open` is what came of it. */
  change(deviceId: string): Promise<void> {
    this.#nextDeviceId = deviceId;
    return this.#settleSoon();
  }

  /** The device has ended, and there is none to take its place. What was off anyway is not missed. */
  lose(problem: DeviceProblem): void {
    this.#discard();
    if (this.#isWanted) this.fail(problem);
    else this.#set("off");
  }

  /** The person has read why the device is off, and leaves it at that. */
  acceptProblem(): void {
    if (this.#state.problem) this.#set("off");
  }

  close(): void {
    this.#isClosed = true;
    this.#discard();
  }

  #settleSoon(): Promise<void> {
    this.#isSettling ??= this.#settle().finally(() => {
      this.#isSettling = undefined;
    });
    return this.#isSettling;
  }

  async #settle(): Promise<void> {
    while (!this.#isClosed) {
      const deviceId = this.#nextDeviceId;
      if (deviceId !== undefined) {
        this.#nextDeviceId = undefined;
        // Where none is open, `create` knows which.
        if (this.#track) await this.#change(this.#track, deviceId);
      } else if (this.#isWanted !== (this.#state.status === "on")) {
        await this.#turn(this.#isWanted);
      } else {
        break;
      }
    }
    if (this.#state.status === "starting" && !this.#isWanted) this.#set("off");
  }

  async #turn(on: boolean): Promise<void> {
    if (on) this.#set("starting");
    try {
      if (on) await this.#open();
      else if (this.#track) await this.#pause(this.#track);
      this.#set(on ? "on" : "off");
    } catch (error) {
      logWarning("A device could not be turned on or off.", error);
      const problem = await this.#driver.problemOf(error);
      // What is wanted no more is not missed.
      if (this.#isWanted === on) this.fail(problem);
      else this.#set("off");
    }
  }

  async #pause(track: Track): Promise<void> {
    if (this.#driver.isOnce?.()) this.#discard();
    else await this.#driver.pause(track);
  }

  async #open(): Promise<void> {
    if (this.#driver.isOnce?.()) this.#discard();
    if (this.#track) {
      try {
        return await this.#driver.resume(this.#track);
      } catch (error) {
        if (!mayBeOfGoneDevice(error)) throw error;
        // The device it was made of is away: the next best will do.
        this.#discard();
      }
    }
    this.#take(await this.#driver.create());
  }

  async #change(track: Track, deviceId: string): Promise<void> {
    if (this.#driver.isOnce?.()) {
      this.#discard();
      // `create` knows which.
      await this.#turn(this.#isWanted);
      return;
    }
    try {
      await this.#driver.change(track, deviceId);
      this.#set(this.#state.status, this.#state.problem);
    } catch (error) {
      logWarning("A device could not be changed for another.", error);
      // The SDK goes back to the one before, if that is there still.
      if (this.#isOver(track)) this.lose(await this.#driver.problemOf(error));
      else this.#set(this.#state.status, this.#state.problem);
    }
  }

  #take(track: Track): void {
    if (this.#isClosed || this.#track) {
      track.close();
      return;
    }
    this.#track = track;
    track.on("track-ended", this.#noteEnded);
  }

  #discard(): void {
    const track = this.#track;
    this.#track = undefined;
    // The browser keeps the source of a sound, and with it the SDK's track, for as long as the page plays any: nothing that is over
    // shall hang on that.
    track?.off("track-ended", this.#noteEnded);
    track?.close();
  }

  #set(status: DeviceState["status"], problem: DeviceProblem | null = null): void {
    if (this.#isClosed) return;
    this.#state = { status, problem, open: this.#track ? this.#openDeviceOf(this.#track) : null };
    this.#listener.onChange(this.#state);
  }

  /** Whether a track that is not turned off has nothing to give any more. */
  #isOver(track: Track): boolean {
    return track.enabled && this.#driver.sourceOf(track).readyState === "ended";
  }

  #openDeviceOf(track: Track): DeviceChoice | null {
    const source = this.#driver.sourceOf(track);
    if (source.readyState === "ended") return null;
    return { deviceId: source.getSettings().deviceId ?? "", label: track.getTrackLabel() };
  }
}
