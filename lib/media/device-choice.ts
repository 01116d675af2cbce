import * as v from "valibot";
import { logWarning } from "@/lib/log";
import { type ChoosableKind, type Device, realDevices } from "./device-list";

/** What the person chose. Kept when the device is away, for when it is back. */
const DeviceChoice = v.object({
  deviceId: v.string(),
  /** Some browsers give a device a new id in each session: its name finds it again. */
  label: v.string(),
});
export type DeviceChoice = v.InferOutput<typeof DeviceChoice>;

const storageKey = (kind: ChoosableKind) => `mychat:${kind}`;

/** The choice of an earlier visit; `null`, where there is none, is the system's default. */
export function readChoice(kind: ChoosableKind): DeviceChoice | null {
  try {
    const stored = localStorage.getItem(storageKey(kind));
    if (stored === null) return null;
    const parsed = v.safeParse(DeviceChoice, JSON.parse(stored));
    return parsed.success ? parsed.output : null;
  } catch (error) {
    logWarning(`The chosen ${kind} could not be read.`, error);
    return null;
  }
}

export function storeChoice(kind: ChoosableKind, choice: DeviceChoice | null): void {
  try {
    if (choice) localStorage.setItem(storageKey(kind), JSON.stringify(choice));
    else localStorage.removeItem(storageKey(kind));
  } catch (error) {
    logWarning(`The chosen ${kind} could not be kept.`, error);
  }
}

/** The chosen device among those that are there: by its id, or else by its name. */
export function findChosen(devices: readonly Device[], choice: DeviceChoice | null): Device | undefined {
  if (!choice) return undefined;
  return (
    devices.find(({ deviceId }) => deviceId === choice.deviceId) ??
    realDevices(devices).find(({ label }) => label !== "" && label === choice.label)
  );
}
