const FRAME_MS = 100;

/** A moving picture of one colour, so that whose picture it is can be seen in it. */
export function paintPicture(
  color: Color,
  { width, height } = { width: 160, height: 120 },
): { track: MediaStreamTrack; stop: () => void } {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
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

const PALETTE = {
  red: [255, 0, 0],
  lime: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  magenta: [255, 0, 255],
  black: [0, 0, 0],
} as const;
export type Color = keyof typeof PALETTE;

/** The colour of a received picture's middle, by the nearest of the palette. Waits for a frame to arrive. */
export function colorSeenIn(track: MediaStreamTrack): Promise<Color | undefined> {
  return withNextFrame(track, (video) => {
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    if (!context) throw new Error("No canvas.");
    context.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const seen = context.getImageData(0, 0, 1, 1).data;
    const distances = Object.entries(PALETTE).map(([name, color]) => ({
      name: name as Color,
      distance: color.reduce<number>((sum, part, index) => sum + Math.abs(part - (seen[index] ?? 0)), 0),
    }));
    return distances.toSorted((one, other) => one.distance - other.distance)[0]?.name;
  });
}

/** How wide a received picture is, in its own pixels. Waits for a frame to arrive. */
export function widthSeenIn(track: MediaStreamTrack): Promise<number> {
  return withNextFrame(track, (video) => video.videoWidth);
}

/** @throws {Error} when the track ends before a frame has come: whoever plays it may have gone over to another */
async function withNextFrame<Seen>(track: MediaStreamTrack, look: (video: HTMLVideoElement) => Seen): Promise<Seen> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    const end = new Promise<never>((_, reject) => {
      // A track that is stopped by the page itself has no event for it.
      timer = setInterval(() => {
        if (track.readyState === "ended") reject(new Error("The track has ended."));
      }, FRAME_MS);
    });
    await Promise.race([video.play(), end]);
    await Promise.race([new Promise((resolve) => video.requestVideoFrameCallback(resolve)), end]);
    return look(video);
  } finally {
    clearInterval(timer);
    video.srcObject = null;
  }
}

/** Resolves when this many more frames have arrived. */
export async function framesArrive(track: MediaStreamTrack, count: number): Promise<void> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  try {
    await video.play();
    for (let frame = 0; frame < count; frame++) {
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    }
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
