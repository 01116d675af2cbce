import { logWarning } from "./log";

/** `tab` is forgotten with the tab, `browser` is kept for this site on this computer. */
export type StorageArea = "tab" | "browser";

/** Inside a function, since naming a storage throws where a browser forbids it. */
const areaOf = (area: StorageArea): Storage => (area === "tab" ? sessionStorage : localStorage);

/** What is kept under a key. Storage throws where a browser forbids it (private windows, frames): the app goes on without. */
export function readStored(area: StorageArea, key: string): string | undefined {
  try {
    return areaOf(area).getItem(key) ?? undefined;
  } catch (error) {
    logWarning(`Nothing can be read from the browser's storage (${key}).`, error);
    return undefined;
  }
}

export function writeStored(area: StorageArea, key: string, value: string): void {
  try {
    areaOf(area).setItem(key, value);
  } catch (error) {
    logWarning(`Nothing can be kept in the browser's storage (${key}).`, error);
  }
}

export function removeStored(area: StorageArea, key: string): void {
  try {
    areaOf(area).removeItem(key);
  } catch (error) {
    logWarning(`Nothing can be removed from the browser's storage (${key}).`, error);
  }
}
