import { type DeviceChoice, findChosen } from "./device-choice";
import { behindDefault, type ChoosableKind, type Device, realDevices } from "./device-list";

/** What a menu of devices shows. */
export interface DeviceMenu {
  devices: readonly Device[];
  /** The name of what the system chooses; `null` where there is no such choice. Systems choose no camera. */
  defaultLabel: string | null;
  /** The id of the one in use, or to be used; empty for the system's choice. */
  selectedId: string;
  /** The name of the chosen one while it is not connected. */
  awayLabel: string | null;
}

export type DeviceMenus = Readonly<Record<ChoosableKind, DeviceMenu>>;

const EMPTY: DeviceMenu = { devices: [], defaultLabel: null, selectedId: "", awayLabel: null };
export const NO_MENUS: DeviceMenus = { microphone: EMPTY, camera: EMPTY, speaker: EMPTY };

/** @param open what is open, if anything is */
export function deviceMenuOf(
  listed: readonly Device[],
  kind: ChoosableKind,
  choice: DeviceChoice | null,
  open: DeviceChoice | null,
): DeviceMenu {
  // Before the person has allowed anything, browsers tell that there are devices, but not which.
  const told = listed.filter(({ deviceId }) => deviceId !== "");
  const devices = realDevices(told);
  const chosen = findChosen(told, choice);
  const current = findChosen(devices, open);
  const selected = kind === "camera" ? (current ?? chosen ?? devices[0]) : chosen && (current ?? chosen);
  return {
    devices,
    defaultLabel: kind === "camera" ? null : (behindDefault(told)?.label ?? null),
    selectedId: selected?.deviceId ?? "",
    awayLabel: choice && !chosen && told.length > 0 ? choice.label : null,
  };
}
