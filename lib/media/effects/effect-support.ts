import type { EffectKind } from "./effect-storage";

/** Why an effect is not to be had here: `browser` lacks what it is made of, `graphics`: no graphics card helps with it. */
export type EffectObstacle = "browser" | "graphics";

/** Tells without loading anything. `null` where the effect may be tried. */
export function effectObstacle(kind: EffectKind): EffectObstacle | null {
  if (!("WebAssembly" in globalThis)) return "browser";
  if (kind === "noise") return "AudioWorkletNode" in globalThis ? null : "browser";
  const canReadFrames =
    ("MediaStreamTrackProcessor" in globalThis && "MediaStreamTrackGenerator" in globalThis) ||
    "requestVideoFrameCallback" in HTMLVideoElement.prototype;
  if (!canReadFrames) return "browser";
  hasGraphics ??= hasGraphicsCard();
  return hasGraphics ? null : "graphics";
}

/** Asked once: it starts the browser's graphics. */
let hasGraphics: boolean | undefined;

/** Where the processor would have to draw, one frame may take seconds, and the page stands still for so long. */
function hasGraphicsCard(): boolean {
  const canvas = document.createElement("canvas");
  const wanted: WebGLContextAttributes = { failIfMajorPerformanceCaveat: true };
  const context = canvas.getContext("webgl2", wanted) ?? canvas.getContext("webgl", wanted);
  // A page may have some sixteen contexts; this one is not kept for the collector to find.
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
