import { type Color, paintPicture } from "@/lib/rtc/embedded/testing/painted-media";

const COLORS: readonly Color[] = ["red", "lime"];

/**
 * Every camera films its own colour: the browser's fake ones all film the same. The first is red, the second lime. The
 * rest of the way (ids, names, permission) stays the browser's.
 */
export function paintDevices(): void {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput");
    for (const real of stream.getVideoTracks()) {
      const settings = real.getSettings();
      const index = cameras.findIndex(({ deviceId }) => deviceId === settings.deviceId);
      const { track, stop } = paintPicture(COLORS[index] ?? "black");
      const { label } = real;
      Object.defineProperty(track, "label", { value: label });
      track.getSettings = () => settings;
      const end = track.stop.bind(track);
      track.stop = () => {
        stop();
        end();
      };
      real.stop();
      stream.removeTrack(real);
      stream.addTrack(track);
    }
    return stream;
  };
}
