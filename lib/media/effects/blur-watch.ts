import { FallingBehind, isPictureBehind } from "./falling-behind";
import { FrameRate } from "./frame-rate";

const LOOK_EVERY_MS = 1000;

/**
 * Watches whether blurred frames keep up with the camera's.
 *
 * @param onSlow called once, when they do not
 * @returns the disposer
 */
export function watchBlur(input: MediaStreamTrack, output: MediaStreamTrack, onSlow: () => void): () => void {
  const camera = new FrameRate(input);
  const blurred = new FrameRate(output);
  const falling = new FallingBehind();
  const stop = () => {
    clearInterval(timer);
    camera.stop();
    blurred.stop();
  };
  const timer = setInterval(() => {
    const rates = [camera.read(), blurred.read()] as const;
    // Nobody's machine is slow because its page is in the background, where browsers hold pictures back.
    if (document.hidden || !falling.look(isPictureBehind(...rates))) return;
    stop();
    onSlow();
  }, LOOK_EVERY_MS);
  return stop;
}
