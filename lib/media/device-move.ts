import { type DeviceChoice, findChosen } from "./device-choice";
import { behindDefault, type ChoosableKind, type Device, type DeviceList, systemDefault } from "./device-list";

/** A device to go over to, and why. */
export interface DeviceMove {
  to: Device;
  reason: "unplugged" | "back" | "default-changed";
}

interface Situation {
  kind: ChoosableKind;
  /** What was connected before, and what is now. */
  before: DeviceList;
  now: DeviceList;
  choice: DeviceChoice | null;
  /** What is open. */
  open: DeviceChoice;
}

/**
 * Where to go when devices come and go: to the chosen one whenever it is there, else to the system's default, which is
 * followed; and from one that is gone to what there is.
 *
 * @returns `null` to stay, also where there is nothing to go to
 */
export function deviceMoveOf({ kind, before, now, choice, open }: Situation): DeviceMove | null {
  const devices = now[kind];
  const chosen = findChosen(devices, choice);
  const current = findChosen(devices, open);
  // A picture or a sound that has been processed tells no id.
  const isGone = open.deviceId !== "" && !current;
  const fallback = systemDefault(devices);

  if (chosen) return chosen === current ? null : { to: chosen, reason: isGone ? "unplugged" : "back" };
  if (isGone) return fallback ? { to: fallback, reason: "unplugged" } : null;
  // Systems have no default camera: one that is plugged in is not taken for a wish.
  if (kind === "camera" || !fallback || !hasNewDefault(before[kind], devices)) return null;
  return { to: fallback, reason: "default-changed" };
}

function hasNewDefault(before: readonly Device[], now: readonly Device[]): boolean {
  const [old, current] = [behindDefault(before), behindDefault(now)];
  // Names come with the permission: that is no change of the devices.
  if (!(old?.label && current?.label)) return false;
  return old.groupId !== current.groupId || old.label !== current.label;
}
