import type { Page } from "@playwright/test";

/** How the browser fails to give a device: the names are the DOMExceptions' own (W3C mediacapture-main §10.3.2). */
type Failure = "NotReadableError" | "AbortError";

interface DeviceStage {
  /** A device's plug is pulled: what came from it ends, and the browser does not list it any more. */
  unplug(label: string): void;
  plugIn(label: string): void;
  /** The system's choice of microphone is another one now: Chromium's stand-in for it stands for that one. */
  makeDefault(label: string): void;
  /** Every request for the kind fails so until `mend`. */
  fail(kind: "audio" | "video", failure: Failure): void;
  mend(): void;
  /** How often the page asked for a device. */
  requests: number;
}

declare global {
  interface Window {
    readonly deviceStage: DeviceStage;
  }
}

/**
 * Lets a test pull plugs and take devices away. No flag of Chromium's does that, and a test machine has no hands: this
 * plays it between the page and the browser's (fake) devices, with the errors and events that a real one gives. What is
 * unplugged stays so over a reload. For `open`'s `prepare`.
 */
export async function stageDevices(page: Page): Promise<void> {
  await page.addInitScript(playStage);
}

function playStage(): void {
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  const enumerateDevices = mediaDevices.enumerateDevices.bind(mediaDevices);
  const stored = sessionStorage.getItem("unplugged");
  const unplugged = new Set<string>(stored ? stored.split("\n") : []);
  const failures = new Map<"audio" | "video", Failure>();
  let systemDefault: string | undefined;

  const change = () => {
    sessionStorage.setItem("unplugged", [...unplugged].join("\n"));
    mediaDevices.dispatchEvent(new Event("devicechange"));
  };
  const isThere = ({ label }: MediaDeviceInfo) => !unplugged.has(label);

  /** The request with a device named in it that is there, as the browser would choose. */
  const constrain = async (kind: "audio" | "video", asked: boolean | MediaTrackConstraints) => {
    if (!asked) return asked;
    const failure = failures.get(kind);
    if (failure) throw new DOMException("Played by the test.", failure);
    const all = (await enumerateDevices()).filter((device) => device.kind === `${kind}input`);
    const there = all.filter(isThere);
    const first = there[0];
    if (!first) throw new DOMException("Requested device not found", "NotFoundError");
    const constraints = asked === true ? {} : asked;
    const { deviceId } = constraints;
    const exact = typeof deviceId === "object" && !Array.isArray(deviceId) ? deviceId.exact : undefined;
    if (exact === undefined)
      return { ...constraints, ...(first.deviceId ? { deviceId: { exact: first.deviceId } } : {}) };
    if (!there.some((device) => device.deviceId === exact)) throw new OverconstrainedError("deviceId");
    return constraints;
  };

  const asDefault = (standIn: MediaDeviceInfo, all: MediaDeviceInfo[]): MediaDeviceInfo => {
    const behind = all.find(({ kind, label }) => kind === standIn.kind && label === systemDefault);
    if (standIn.deviceId !== "default" || !behind) return standIn;
    const { groupId, label } = behind;
    const { kind, deviceId } = standIn;
    return { kind, deviceId, groupId, label: `Default - ${label}`, toJSON: () => ({}) };
  };

  mediaDevices.enumerateDevices = async () => {
    const all = (await enumerateDevices()).filter(isThere);
    return all.map((device) => asDefault(device, all));
  };
  mediaDevices.getUserMedia = async ({ audio = false, video = false } = {}) => {
    stage.requests += 1;
    return getUserMedia({ audio: await constrain("audio", audio), video: await constrain("video", video) });
  };

  const stage: DeviceStage = {
    requests: 0,
    unplug(label) {
      unplugged.add(label);
      for (const track of window.recordedMedia.deviceTracks) {
        if (track.label !== label || track.readyState === "ended") continue;
        track.stop();
        // A track that a page stops tells nobody; one whose device has gone does.
        track.dispatchEvent(new Event("ended"));
      }
      change();
    },
    plugIn(label) {
      unplugged.delete(label);
      change();
    },
    makeDefault(label) {
      systemDefault = label;
      mediaDevices.dispatchEvent(new Event("devicechange"));
    },
    fail: (kind, failure) => void failures.set(kind, failure),
    mend: () => failures.clear(),
  };
  Object.defineProperty(window, "deviceStage", { value: stage });
}
