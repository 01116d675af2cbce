import AgoraRTC, { type ICameraVideoTrack, type IMicrophoneAudioTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import { type DeviceKind, deviceProblemOf } from "./device-problem";
import { type DeviceState, LocalDevice } from "./local-device";

const MICROPHONE = { AEC: true, ANS: true, AGC: true, encoderConfig: "speech_standard" } as const;

/** A mesh encodes once for every other person: modest pictures, so that a laptop bears five. Bitrate in kbit/s. */
const CAMERA = {
  encoderConfig: { width: 640, height: 360, frameRate: 24, bitrateMax: 700 },
  optimizationMode: "balanced",
} as const;

/** This person's microphone and camera, before and in the call. Owns both tracks. */
export class LocalMedia {
  readonly microphone: LocalDevice<IMicrophoneAudioTrack>;
  readonly camera: LocalDevice<ICameraVideoTrack>;

  constructor(onChange: (kind: DeviceKind, state: DeviceState) => void) {
    this.microphone = new LocalDevice<IMicrophoneAudioTrack>(
      {
        create: () => AgoraRTC.createMicrophoneAudioTrack(MICROPHONE),
        // Muted, not disabled: unmuting is instant and the device stays the same.
        pause: (track) => track.setMuted(true),
        resume: (track) => track.setMuted(false),
      },
      (state) => onChange("microphone", state),
    );
    this.camera = new LocalDevice<ICameraVideoTrack>(
      {
        create: () => AgoraRTC.createCameraVideoTrack(CAMERA),
        // Disabled, not muted: the camera's light must go out.
        pause: (track) => track.setEnabled(false),
        resume: (track) => track.setEnabled(true),
      },
      (state) => onChange("camera", state),
    );
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
      const [microphone, camera] = await AgoraRTC.createMicrophoneAndCameraTracks(MICROPHONE, CAMERA);
      await Promise.all([this.microphone.adopt(microphone), this.camera.adopt(camera)]);
    } catch (error) {
      logWarning("Camera and microphone could not be opened together.", error);
      const [microphoneState, cameraState] = await Promise.all([permission("microphone"), permission("camera")]);
      // Who has just refused or dismissed both is not asked twice more; a browser that cannot tell is.
      const isPending = microphoneState === "prompt" && cameraState === "prompt";
      if (deviceProblemOf(error) === "refused" && isPending) {
        this.microphone.fail("refused");
        this.camera.fail("refused");
        return;
      }
      await Promise.all([this.microphone.retry(), this.camera.retry()]);
    }
  }

  close(): void {
    this.microphone.close();
    this.camera.close();
  }
}

async function permission(kind: DeviceKind): Promise<PermissionState | undefined> {
  try {
    const status = await navigator.permissions.query({ name: kind });
    return status.state;
  } catch (error) {
    // Firefox knows no permission of this name.
    logWarning(`This browser does not tell the ${kind}'s permission.`, error);
    return undefined;
  }
}
