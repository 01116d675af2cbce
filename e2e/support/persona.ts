/** What one person looks and sounds like, so that a test can tell whose picture and whose voice arrives. */
export interface Persona {
  name: string;
  /** The colour the camera films, as red, green and blue from 0 to 255. */
  colour: readonly [number, number, number];
  /** The tone the microphone hears, in hertz. */
  toneHz: number;
  /** How tall the camera's picture is, at 16:9. Default: 180 pixels. */
  pictureHeight?: number;
}

export const ROHIT: Persona = { name: "ROHIT", colour: [205, 60, 60], toneHz: 440 };
export const RIYA: Persona = { name: "RIYA", colour: [50, 150, 80], toneHz: 700 };
export const RAHUL: Persona = { name: "RAHUL", colour: [60, 90, 205], toneHz: 1000 };
export const MEERA: Persona = { name: "MEERA", colour: [200, 150, 40], toneHz: 1300 };
export const ARJUN: Persona = { name: "ARJUN", colour: [150, 70, 170], toneHz: 1600 };

/**
 * Runs in the page before any of its scripts: the camera films someone in their own colour, the microphone hears
 * their tone. The browser's fake devices are per process and show everyone the same; the rest of the way (the
 * question for permission, the devices' names, their refusal) stays the browser's own.
 */
export function paintPersona({ colour, toneHz, pictureHeight = 180 }: Persona): void {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);

  const film = (): MediaStreamTrack | undefined => {
    const canvas = document.createElement("canvas");
    // What follows is painted as if it were 320 × 180.
    const scale = pictureHeight / 180;
    canvas.width = 320 * scale;
    canvas.height = pictureHeight;
    const context = canvas.getContext("2d");
    context?.scale(scale, scale);
    const rgb = (shade: number) => `rgb(${colour.map((part) => Math.round(part * shade)).join(" ")})`;
    let step = 0;
    const disc = (x: number, y: number, radius: number, fill: string) => {
      if (!context) return;
      context.fillStyle = fill;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    };
    // Someone sitting before a wall and swaying a little; their head, in their own colour, is where tests look.
    const paint = () => {
      if (!context) return;
      const sway = Math.sin(step++ / 9) * 8;
      const wall = context.createLinearGradient(0, 0, 320, 180);
      wall.addColorStop(0, rgb(0.45));
      wall.addColorStop(1, rgb(0.2));
      context.fillStyle = wall;
      context.fillRect(0, 0, 320, 180);
      disc(160 + sway / 2, 222, 84, rgb(0.8));
      disc(160 + sway, 96, 42, rgb(1));
    };
    paint();
    const timer = setInterval(paint, 66);
    const track = canvas.captureStream(15).getVideoTracks()[0];
    if (track) endWith(track, () => clearInterval(timer));
    return track;
  };

  const hum = (): MediaStreamTrack | undefined => {
    const context = new AudioContext();
    const oscillator = new OscillatorNode(context, { frequency: toneHz });
    const destination = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, { gain: 0.4 })).connect(destination);
    oscillator.start();
    const track = destination.stream.getAudioTracks()[0];
    if (track) endWith(track, () => void context.close());
    return track;
  };

  const endWith = (track: MediaStreamTrack, release: () => void) => {
    const stop = track.stop.bind(track);
    track.stop = () => {
      release();
      stop();
    };
  };

  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const real = await original(constraints);
    const painted = new MediaStream();
    for (const track of real.getTracks()) {
      const settings = track.getSettings();
      const label = track.label;
      const own = track.kind === "video" ? film() : hum();
      track.stop();
      if (!own) continue;
      const ownSettings = own.getSettings.bind(own);
      own.getSettings = () => ({ ...ownSettings(), ...(settings.deviceId ? { deviceId: settings.deviceId } : {}) });
      Object.defineProperty(own, "label", { value: label });
      painted.addTrack(own);
    }
    return painted;
  };
}

/**
 * Runs in the page before any of its scripts: keeps every peer connection where a test can measure what arrives, and every
 * device track where it can see that it was given back.
 */
export function recordMedia(): void {
  const record = { connections: [] as RTCPeerConnection[], deviceTracks: [] as MediaStreamTrack[] };
  Object.defineProperty(window, "recordedMedia", { value: record });
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args: [RTCConfiguration?]) {
      const connection = new target(...args);
      record.connections.push(connection);
      return connection;
    },
  });
  const original = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  if (!original) return;
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    record.deviceTracks.push(...stream.getTracks());
    return stream;
  };
}

declare global {
  interface Window {
    readonly recordedMedia: { connections: RTCPeerConnection[]; deviceTracks: MediaStreamTrack[] };
  }
}
