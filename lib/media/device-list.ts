import type { DeviceKind } from "./device-problem";

/** Everything a person can choose one of. */
export type ChoosableKind = DeviceKind | "speaker";

/** One device, as the browser tells of it. Id and label are empty for as long as the page has no permission. */
export interface Device {
  deviceId: string;
  label: string;
  /** The same for the parts of one headset; changes where the system's default goes to another device. */
  groupId: string;
}

export type DeviceList = Readonly<Record<ChoosableKind, readonly Device[]>>;

export const NO_DEVICES: DeviceList = { microphone: [], camera: [], speaker: [] };

/** Chromium lists its stand-ins for the system's choice among the devices. */
export const SYSTEM_DEFAULT_ID = "default";
const STAND_INS = [SYSTEM_DEFAULT_ID, "communications"];

const KIND_OF: Record<MediaDeviceKind, ChoosableKind> = {
  audioinput: "microphone",
  videoinput: "camera",
  audiooutput: "speaker",
};

/** What is connected now. Asks for no permission, and tells no names without one (W3C mediacapture-main §9.2). */
export async function readDevices(): Promise<DeviceList> {
  // There is none on a page from an insecure origin.
  if (!("mediaDevices" in navigator)) return NO_DEVICES;
  const list: Record<ChoosableKind, Device[]> = { microphone: [], camera: [], speaker: [] };
  for (const { kind, deviceId, label, groupId } of await navigator.mediaDevices.enumerateDevices()) {
    list[KIND_OF[kind]].push({ deviceId, label, groupId });
  }
  return list;
}

/** Without the stand-ins: what can be plugged in and out. */
export function realDevices(devices: readonly Device[]): readonly Device[] {
  return devices.filter(({ deviceId }) => !STAND_INS.includes(deviceId));
}

/**
 * The system's own choice: Chromium's stand-in, whose group is that of the device it stands for; in other browsers the
 * first, since "the system default device MUST be listed first" (W3C mediacapture-main §9.2.1).
 */
export function systemDefault(devices: readonly Device[]): Device | undefined {
  return devices.find(({ deviceId }) => deviceId === SYSTEM_DEFAULT_ID) ?? devices[0];
}

/** The device that the stand-in stands for, by its own name and not "Default - …". */
export function behindDefault(devices: readonly Device[]): Device | undefined {
  const standIn = systemDefault(devices);
  if (standIn?.deviceId !== SYSTEM_DEFAULT_ID) return standIn;
  return (
    realDevices(devices).find(({ groupId, label }) => groupId === standIn.groupId && standIn.label.endsWith(label)) ??
    realDevices(devices).find(({ groupId }) => groupId === standIn.groupId) ??
    standIn
  );
}
