import AgoraRTC, { type ILocalAudioTrack, type ILocalVideoTrack } from "agora-rtc-react";

/** Sharp before smooth: what is shared is read. Larger screens are scaled down by the browser. Bitrate in kbit/s. */
const SCREEN = {
  encoderConfig: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 15 }, bitrateMax: 2500 },
  optimizationMode: "detail",
  // The call itself, shared into the call, is a hall of mirrors; and the computer's whole sound has everyone's voices in it.
  selfBrowserSurface: "exclude",
  systemAudio: "exclude",
  surfaceSwitching: "include",
} as const;

/** As it is played: what makes voices clear spoils music. */
const SOUND = { AEC: false, ANS: false, AGC: false } as const;

/** How long another surface may be shown as if it were the one before. Milliseconds. */
const SURFACE_CHECK_MS = 500;

/** Whether this browser can capture a screen at all: phones' can't. */
export function canShareScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === "function";
}

/** A tab, window or screen that the person has chosen, with a tab's sound where the browser gives it. */
export class ScreenCapture {
  readonly video: ILocalVideoTrack;
  readonly audio: ILocalAudioTrack | null;
  #surfaceTimer: ReturnType<typeof setInterval> | undefined;

  private constructor(video: ILocalVideoTrack, audio: ILocalAudioTrack | null) {
    this.video = video;
    this.audio = audio;
  }

  /** Has the browser ask the person. To be called by a click or a key. @throws what `screenProblemOf` reads */
  static async ask(): Promise<ScreenCapture> {
    const captured = await AgoraRTC.createScreenVideoTrack({ ...SCREEN }, { ...SOUND });
    const [video, audio = null] = Array.isArray(captured) ? captured : [captured];
    return new ScreenCapture(video, audio);
  }

  get tracks(): Array<ILocalVideoTrack | ILocalAudioTrack> {
    return this.audio ? [this.video, this.audio] : [this.video];
  }

  /** Whether it shows the whole screen, on which this page may be itself. */
  get isWholeScreen(): boolean {
    return this.video.getMediaStreamTrack().getSettings().displaySurface === "monitor";
  }

  /** Listens for the end by the browser's own button, or of what is shared. */
  onEnded(listener: () => void): void {
    this.video.on("track-ended", listener);
  }

  /**
   * Listens for another surface in the place of the one that was chosen, by the browser's own bar: the whole screen instead
   * of a tab, or the other way round. Browsers tell of it in no common way; the track's settings are always true.
   */
  onSurfaceChange(listener: (isWholeScreen: boolean) => void): void {
    let before = this.isWholeScreen;
    this.#surfaceTimer = setInterval(() => {
      const { isWholeScreen } = this;
      if (isWholeScreen === before) return;
      before = isWholeScreen;
      listener(isWholeScreen);
    }, SURFACE_CHECK_MS);
  }

  close(): void {
    clearInterval(this.#surfaceTimer);
    this.video.close();
    this.audio?.close();
  }
}
