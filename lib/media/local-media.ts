import AgoraRTC, { type ICameraVideoTrack, type IMicrophoneAudioTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import "@/lib/rtc/sdk-parameters";
import type { DeviceEvent } from "./device-event";
import type { ChoosableKind } from "./device-list";
import type { DeviceMenus } from "./device-menu";
import { readPermission, watchPermission } from "./device-permission";
import { type DeviceKind, type DeviceProblem, deviceProblemOf, isDenial, mayBeOfGoneDevice } from "./device-problem";
import { DeviceSelection } from "./device-selection";
import { BlurError } from "./effects/background-blur";
import type { EffectKind } from "./effects/effect-storage";
import { type EffectStates, Effects } from "./effects/effects";
import { type DeviceState, LocalDevice } from "./local-device";
import { MicrophoneWatch } from "./microphone-watch";

const MICROPHONE = { AEC: true, ANS: true, AGC: true, encoderConfig: "speech_standard" } as const;

/** Direct links encode once for every other person: modest pictures, so that a laptop bears five. Bitrate in kbit/s. */
const CAMERA = {
  encoderConfig: { width: 640, height: 360, frameRate: 24, bitrateMax: 700 },
  optimizationMode: "balanced",
} as const;

/** What a permission given later mends. */
const PERMISSION_PROBLEMS: readonly (DeviceProblem | null)[] = ["refused", "unanswered", "system"];

interface MediaListener {
  onDevice(kind: DeviceKind, state: DeviceState): void;
  onMenus(menus: DeviceMenus): void;
  onEffects(states: EffectStates): void;
}

/** This person's microphone and camera, before and in the call, and the choice of a speaker. Owns both tracks. */
export class LocalMedia {
  readonly microphone: LocalDevice<IMicrophoneAudioTrack>;
  readonly camera: LocalDevice<ICameraVideoTrack>;
  readonly #selection: DeviceSelection;
  readonly #microphoneWatch: MicrophoneWatch;
  readonly #effects: Effects;
  readonly #eventListeners = new Set<(event: DeviceEvent) => void>();
  readonly #disposal = new AbortController();

  constructor(listener: MediaListener) {
    this.#microphoneWatch = new MicrophoneWatch((event) => this.#emit(event));
    this.#effects = new Effects({
      onStates: (states) => listener.onEffects(states),
      onOff: (effect, problem) => this.#emit({ type: "effect-off", effect, problem }),
      onBlurLost: (problem) => this.camera.lose(BLUR_PROBLEMS[problem]),
    });
    const listenerOf = (kind: DeviceKind) => {
      let wasOpen = false;
      return {
        onChange: (state: DeviceState) => {
          listener.onDevice(kind, state);
          if (kind === "microphone") this.#followMicrophone(state);
          else if (state.status === "on" && this.camera.track) void this.#effects.followCamera(this.camera.track);
          if (state.open && !wasOpen) this.#selection.noteOpened(kind);
          wasOpen = state.open !== null;
          this.#selection.publish();
        },
        onEnded: () => this.#selection.noteEnded(kind),
      };
    };
    this.microphone = new LocalDevice<IMicrophoneAudioTrack>(
      {
        create: () =>
          this.#create("microphone", (deviceId) => AgoraRTC.createMicrophoneAudioTrack(microphone(deviceId))),
        // Muted, not disabled: unmuting is instant and the device stays the same.
        pause: (track) => track.setMuted(true),
        resume: (track) => track.setMuted(false),
        change: (track, deviceId) => {
          // What listens to a device keeps it open; some systems open one at a time.
          this.#microphoneWatch.release();
          return track.setDevice(deviceId);
        },
        sourceOf: (track) => this.#effects.microphoneSourceOf(track),
        problemOf: (error) => deviceProblemOf("microphone", error),
      },
      listenerOf("microphone"),
    );
    this.camera = new LocalDevice<ICameraVideoTrack>(
      {
        create: () =>
          this.#create("camera", async (deviceId) =>
            this.#effects.prepare(await AgoraRTC.createCameraVideoTrack(camera(deviceId))),
          ),
        // Disabled, not muted: the camera's light must go out.
        pause: (track) => track.setEnabled(false),
        resume: (track) => track.setEnabled(true),
        change: (track, deviceId) => track.setDevice(deviceId),
        isOnce: () => this.#effects.isBlurWanted,
        sourceOf: (track) => this.#effects.cameraSourceOf(track),
        problemOf: cameraProblemOf,
      },
      listenerOf("camera"),
    );
    this.#selection = new DeviceSelection(this, {
      onMenus: (menus) => listener.onMenus(menus),
      onEvent: (event) => this.#emit(event),
    });
    for (const kind of ["microphone", "camera"] as const) void this.#watchPermission(kind);
  }

  /**
   * Opens what is wanted: both with one question to the person, and where that fails each by itself, so that a missing
   * camera never costs the microphone. Never rejects: what went wrong is in each device's state.
   */
  async open(wanted: { microphone: boolean; camera: boolean }): Promise<void> {
    if (!(wanted.microphone && wanted.camera)) {
      await Promise.all([wanted.microphone && this.microphone.turn(true), wanted.camera && this.camera.turn(true)]);
      return;
    }
    this.microphone.expect();
    this.camera.expect();
    try {
      const [microphoneTrack, cameraTrack] = await AgoraRTC.createMicrophoneAndCameraTracks(
        microphone(await this.#selection.idToOpen("microphone")),
        camera(await this.#selection.idToOpen("camera")),
      );
      await Promise.all([this.microphone.adopt(microphoneTrack), this.#adoptCamera(cameraTrack)]);
    } catch (error) {
      logWarning("Camera and microphone could not be opened together.", error);
      const [microphoneState, cameraState] = await Promise.all([
        readPermission("microphone"),
        readPermission("camera"),
      ]);
      await Promise.all([
        this.#openAlone("microphone", error, microphoneState, cameraState),
        this.#openAlone("camera", error, cameraState, microphoneState),
      ]);
    }
  }

  /** Tries again what has failed: one question, where one will do. */
  async retry(kinds: readonly DeviceKind[]): Promise<void> {
    // The button says so.
    if (kinds.includes("camera") && isBlurProblem(this.camera.state.problem)) await this.turnEffect("blur", false);
    await this.open({ microphone: kinds.includes("microphone"), camera: kinds.includes("camera") });
  }

  /** @param deviceId `null` for the system's choice */
  choose(kind: ChoosableKind, deviceId: string | null): Promise<void> {
    return this.#selection.choose(kind, deviceId);
  }

  /** Turns blur or noise suppression on or off, now and for later visits. Never rejects. */
  async turnEffect(effect: EffectKind, on: boolean): Promise<void> {
    if (effect === "noise") this.#effects.turnNoise(on);
    else await this.#effects.turnBlur(on, this.camera.state.status === "on" ? this.camera.track : undefined);
  }

  /** @returns the disposer */
  onEvent(listener: (event: DeviceEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  close(): void {
    this.#disposal.abort();
    this.#selection.close();
    this.#microphoneWatch.close();
    this.#effects.close();
    this.microphone.close();
    this.camera.close();
  }

  /** The chosen device; the browser's choice where that has gone. */
  async #create<Track>(kind: DeviceKind, create: (deviceId: string | undefined) => Promise<Track>): Promise<Track> {
    const deviceId = await this.#selection.idToOpen(kind);
    try {
      return await create(deviceId);
    } catch (error) {
      if (!(deviceId && mayBeOfGoneDevice(error))) throw error;
      logWarning(`The chosen ${kind} is not there.`, error);
      return await create(undefined);
    }
  }

  /** Whoever has just refused or dismissed the question for both is not asked again. */
  async #openAlone(
    kind: DeviceKind,
    error: unknown,
    permission: PermissionState | undefined,
    otherPermission: PermissionState | undefined,
  ): Promise<void> {
    // Where the other one is blocked, browsers refuse both without a question.
    const isUnasked = permission === "prompt" && otherPermission === "denied";
    const mayBeTried = !isDenial(error) || permission === "granted" || isUnasked;
    if (mayBeTried) await this[kind].retry();
    else this[kind].fail(await deviceProblemOf(kind, error));
  }

  /** Given in the browser's settings while the notice stands: then it is wanted still. */
  #watchPermission(kind: DeviceKind): Promise<void> {
    const onChange = (state: PermissionState) => {
      const { problem } = this[kind].state;
      if (state === "granted" && PERMISSION_PROBLEMS.includes(problem)) void this[kind].turn(true);
    };
    return watchPermission(kind, onChange, this.#disposal.signal);
  }

  async #adoptCamera(track: ICameraVideoTrack): Promise<void> {
    try {
      await this.camera.adopt(await this.#effects.prepare(track));
    } catch (error) {
      logWarning("The camera can't be blurred.", error);
      this.camera.fail(await cameraProblemOf(error));
    }
  }

  #followMicrophone({ status, open }: DeviceState): void {
    const track = this.microphone.track;
    this.#effects.followMicrophone(track);
    if (!(track && open)) this.#microphoneWatch.release();
    else this.#microphoneWatch.follow(this.#effects.microphoneSourceOf(track), { isMuted: status !== "on" });
  }

  #emit(event: DeviceEvent): void {
    for (const listener of this.#eventListeners) listener(event);
  }
}

const BLUR_PROBLEMS = { slow: "blur-slow", failed: "blur-failed" } as const;

async function cameraProblemOf(error: unknown): Promise<DeviceProblem> {
  return error instanceof BlurError ? BLUR_PROBLEMS[error.problem] : deviceProblemOf("camera", error);
}

function isBlurProblem(problem: DeviceProblem | null): boolean {
  return problem === "blur-slow" || problem === "blur-failed";
}

const microphone = (microphoneId: string | undefined) => ({ ...MICROPHONE, ...(microphoneId ? { microphoneId } : {}) });
const camera = (cameraId: string | undefined) => ({ ...CAMERA, ...(cameraId ? { cameraId } : {}) });
