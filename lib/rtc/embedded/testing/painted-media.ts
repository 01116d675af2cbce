import AgoraRTC, { type ILocalAudioTrack, type ILocalVideoTrack } from "agora-rtc-react";

const FRAME_MS = 100;

/** A moving picture of one colour, so that whose picture it is can be seen in it. */
export function paintPicture(color: string): { track: MediaStreamTrack; stop: () => void } {
  const canvas = document.createElement("canvas");
  canvas.width = 160;
  canvas.height = 120;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("No canvas.");
  let frame = 0;
  const paint = () => {
    context.fillStyle = color;
    context.fillRect(0, 0, canvas.width, canvas.height);
    // A canvas gives a frame only when something changes: a dot in the corner, away from where the colour is read.
    context.fillStyle = frame++ % 2 === 0 ? "white" : "black";
    context.fillRect(0, 0, 4, 4);
  };
  paint();
  const timer = setInterval(paint, FRAME_MS);
  const [track] = canvas.captureStream(10).getVideoTracks();
  if (!track) throw new Error("No track of the canvas.");
  return { track, stop: () => clearInterval(timer) };
}

/** A tone of one frequency. */
export function soundTone(frequencyHz: number): { track: MediaStreamTrack; stop: () => void } {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency: frequencyHz });
  const destination = context.createMediaStreamDestination();
  oscillator.connect(destination);
  oscillator.start();
  const [track] = destination.stream.getAudioTracks();
  if (!track) throw new Error("No track of the oscillator.");
  return { track, stop: () => void context.close() };
}

export function paintedVideoTrack(color: string): { track: ILocalVideoTrack; stop: () => void } {
  const { track, stop } = paintPicture(color);
  return { track: AgoraRTC.createCustomVideoTrack({ mediaStreamTrack: track }), stop };
}

export function tonedAudioTrack(frequencyHz: number): { track: ILocalAudioTrack; stop: () => void } {
  const { track, stop } = soundTone(frequencyHz);
  return { track: AgoraRTC.createCustomAudioTrack({ mediaStreamTrack: track }), stop };
}

/** The colour that a received picture shows in its middle, by its largest part. */
export async function colorSeenIn(track: MediaStreamTrack): Promise<"red" | "green" | "blue" | "dark"> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  try {
    await video.play();
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("No canvas.");
    context.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    if (Math.max(red, green, blue) < 60) return "dark";
    if (red >= green && red >= blue) return "red";
    return green >= blue ? "green" : "blue";
  } finally {
    video.srcObject = null;
  }
}

/** The loudest frequency in a received sound, measured at the receiver; 0 when it is silent. */
export async function toneHeardIn(track: MediaStreamTrack): Promise<number> {
  const context = new AudioContext();
  try {
    const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const levels = new Float32Array(analyser.frequencyBinCount);
    const since = performance.now();
    while (performance.now() - since < 1500) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      analyser.getFloatFrequencyData(levels);
      const loudest = levels.reduce((best, level, index) => (level > (levels[best] ?? -200) ? index : best), 0);
      if ((levels[loudest] ?? -200) > -50) return (loudest * context.sampleRate) / analyser.fftSize;
    }
    return 0;
  } finally {
    await context.close();
  }
}
