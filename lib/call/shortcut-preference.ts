import { readStored, removeStored, writeStored } from "@/lib/browser-storage";

const KEY = "mychat:shortcuts";

/** Whether single keys do something in this browser: whoever speaks to their computer can turn them off (WCAG 2.1.4). */
export function areShortcutsOn(): boolean {
  return readStored("browser", KEY) !== "off";
}

export function storeShortcutsOn(isOn: boolean): void {
  if (isOn) removeStored("browser", KEY);
  else writeStored("browser", KEY, "off");
}
