import { readStored, removeStored, writeStored } from "@/lib/browser-storage";

export type EffectKind = "blur" | "noise";

const storageKey = (kind: EffectKind) => `mychat:effect-${kind}`;

/** Whether the person has turned the effect on, on this computer; off by default. */
export function readEffectWish(kind: EffectKind): boolean {
  return readStored("browser", storageKey(kind)) === "on";
}

export function storeEffectWish(kind: EffectKind, isWanted: boolean): void {
  if (isWanted) writeStored("browser", storageKey(kind), "on");
  else removeStored("browser", storageKey(kind));
}
