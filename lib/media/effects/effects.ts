import type { ICameraVideoTrack, IMicrophoneAudioTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import { BlurError, type BlurProblem } from "./background-blur";
import { CameraBlur } from "./camera-blur";
import { type EffectKind, readEffectWish, storeEffectWish } from "./effect-storage";
import { MicrophoneNoise, type NoiseProblem } from "./microphone-noise";

/** An effect as its switch shows it; `starting` from when it is loaded to when it works. */
export interface EffectState {
  isWanted: boolean;
  status: "off" | "starting" | "on";
}

export type EffectStates = Readonly<Record<EffectKind, EffectState>>;

const OFF: EffectState = { isWanted: false, status: "off" };
export const EFFECTS_OFF: EffectStates = { blur: OFF, noise: OFF };

interface EffectsListener {
  onStates(states: EffectStates): void;
  /** The effect is off; sound or picture goes on as it was without it. */
  onOff(effect: EffectKind, problem: BlurProblem | NoiseProblem): void;
  /** There is no blurred picture any more, and the person does not want another to be seen. */
  onBlurLost(problem: BlurProblem): void;
}

/** What is done to this person's picture and sound before anyone gets it: what they want, remembered, and what is so. */
export class Effects {
  readonly #listener: EffectsListener;
  readonly #blur: CameraBlur;
  readonly #noise: MicrophoneNoise;
  #states: EffectStates = {
    blur: { isWanted: readEffectWish("blur"), status: "off" },
    noise: { isWanted: readEffectWish("noise"), status: "off" },
  };
  #isBlurStarting = false;

  constructor(listener: EffectsListener) {
    this.#listener = listener;
    this.#blur = new CameraBlur((problem) => this.#listener.onBlurLost(problem));
    this.#noise = new MicrophoneNoise({
      onStatus: (status) => this.#set("noise", { status }),
      onTrouble: (problem) => this.#withdraw("noise", problem),
    });
    this.#noise.turn(this.#states.noise.isWanted);
    listener.onStates(this.#states);
  }

  /** While it is, no camera may be resumed or changed in place: the SDK would show it unblurred for a moment. */
  get isBlurWanted(): boolean {
    return this.#states.blur.isWanted;
  }

  /** The device's own MediaStreamTrack, whatever is made of it. */
  cameraSourceOf(track: ICameraVideoTrack): MediaStreamTrack {
    return this.#blur.sourceOf(track);
  }

  microphoneSourceOf(track: IMicrophoneAudioTrack): MediaStreamTrack {
    return this.#noise.sourceOf(track);
  }

  turnNoise(on: boolean): void {
    this.#wish("noise", on);
    this.#noise.turn(on);
  }

  followMicrophone(track: IMicrophoneAudioTrack | undefined): void {
    this.#noise.follow(track);
  }

  /**
   * Turns blur on or off for a camera that is on already. Never rejects: where it can't be had, the picture stays as it was,
   * and `onOff` tells.
   */
  async turnBlur(on: boolean, camera: ICameraVideoTrack | undefined): Promise<void> {
    this.#wish("blur", on);
    if (!on) {
      this.#blur.remove();
      this.#set("blur", { status: "off" });
    } else if (camera) {
      await this.followCamera(camera);
    }
  }

  /** A camera is on. Never rejects. */
  async followCamera(camera: ICameraVideoTrack): Promise<void> {
    if (!this.isBlurWanted || this.#isBlurStarting) return;
    try {
      await this.#applyBlur(camera);
    } catch (error) {
      logWarning("The background is not blurred.", error);
      this.#withdraw("blur", error instanceof BlurError ? error.problem : "failed");
    }
  }

  /**
   * Makes a camera's new track ready to be seen.
   *
   * @throws {BlurError} where it should be blurred and can't be; the track is closed then
   */
  async prepare(camera: ICameraVideoTrack): Promise<ICameraVideoTrack> {
    if (!this.isBlurWanted) return camera;
    try {
      await this.#applyBlur(camera);
      return camera;
    } catch (error) {
      camera.close();
      throw error;
    }
  }

  close(): void {
    this.#noise.close();
  }

  async #applyBlur(camera: ICameraVideoTrack): Promise<void> {
    this.#isBlurStarting = true;
    if (!this.#blur.has(camera)) this.#set("blur", { status: "starting" });
    try {
      await this.#blur.apply(camera);
    } finally {
      this.#isBlurStarting = false;
      // Turned off while it was starting.
      if (!this.isBlurWanted) this.#blur.remove();
      this.#set("blur", { status: this.#blur.has(camera) ? "on" : "off" });
    }
  }

  #wish(effect: EffectKind, isWanted: boolean): void {
    storeEffectWish(effect, isWanted);
    this.#set(effect, { isWanted });
  }

  #withdraw(effect: EffectKind, problem: BlurProblem | NoiseProblem): void {
    const wasWanted = this.#states[effect].isWanted;
    this.#wish(effect, false);
    if (wasWanted) this.#listener.onOff(effect, problem);
  }

  #set(effect: EffectKind, change: Partial<EffectState>): void {
    this.#states = { ...this.#states, [effect]: { ...this.#states[effect], ...change } };
    this.#listener.onStates(this.#states);
  }
}
