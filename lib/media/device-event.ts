import type { ChoosableKind } from "./device-list";
import type { EffectKind } from "./effects/effect-storage";

/** What has just happened to the devices, for telling the person. Names are as the browser has them. */
export type DeviceEvent =
  /** The one in use is gone, another has taken its place. */
  | { type: "unplugged"; kind: ChoosableKind; lost: string; using: string }
  /** The chosen one was not there when it was needed. */
  | { type: "away"; kind: ChoosableKind; chosen: string; using: string }
  /** The chosen one is there again, or one at all. */
  | { type: "back"; kind: ChoosableKind; using: string }
  /** The system goes by another one now, and this call with it. */
  | { type: "default-changed"; kind: ChoosableKind; using: string }
  /** The one that was just chosen can't be opened. */
  | { type: "unavailable"; kind: ChoosableKind; chosen: string; using: string }
  | { type: "talking-while-muted" }
  /** The microphone is on and gives not the least sound; or does again. */
  | { type: "microphone-silent" }
  | { type: "microphone-heard" }
  /** Blur or noise suppression has gone off by itself. */
  | { type: "effect-off"; effect: EffectKind; problem: "slow" | "failed" };

const NOUNS: Record<ChoosableKind, string> = { microphone: "microphone", camera: "camera", speaker: "speaker" };

/** The event in words for a person; `null` for one that only ends another. */
export function deviceEventText(event: DeviceEvent): string | null {
  switch (event.type) {
    case "unplugged":
      return `${named(event.lost, event.kind)} was unplugged. Using ${event.using || "another one"}.`;
    case "away":
      return `${named(event.chosen, event.kind)} is not connected. Using ${event.using || "another one"}.`;
    case "back":
      return `Using ${event.using || `the ${NOUNS[event.kind]}`}.`;
    case "default-changed":
      return `The ${NOUNS[event.kind]} is now ${event.using || "another one"}.`;
    case "unavailable":
      return `${named(event.chosen, event.kind)} can't be opened. Still using ${event.using || "the one before"}.`;
    case "talking-while-muted":
      return "You are muted.";
    case "microphone-silent":
      return "Your microphone gives no sound. It may have a switch of its own, or another one may be the right one.";
    case "microphone-heard":
      return null;
    case "effect-off":
      return effectOffText(event.effect, event.problem);
  }
}

function effectOffText(effect: EffectKind, problem: "slow" | "failed"): string {
  const [doing, name] = effect === "blur" ? ["blur your background", "Blur"] : ["suppress noise", "Noise suppression"];
  return problem === "slow"
    ? `This device is too slow to ${doing}. ${name} is off.`
    : `This browser could not ${doing}. ${name} is off.`;
}

function named(label: string, kind: ChoosableKind): string {
  return label || `The ${NOUNS[kind]}`;
}
