import AgoraRTC, { type IRemoteAudioTrack } from "agora-rtc-react";
import { listen } from "@/lib/listen";
import { logWarning } from "@/lib/log";

/** What a browser takes for the person's wish that it may play sound (HTML, "activation triggering input event"). */
const GESTURES = ["click", "keydown", "touchend"] as const;

/**
 * Sound that the browser holds back: because nobody has clicked on the page yet (autoplay policy), or because a phone call
 * or another app took the speaker. Starts it by itself as soon as it may, which is with any click or key at the latest.
 *
 * Works on the SDK's player, which plays both transports' sound. Its `autoplay-failed` event tells of Web Audio only
 * (seen in 4.24.2); the `audio` elements that it plays with by default tell `onAutoplayFailed`.
 */
export class SoundStart {
  readonly #tracks: () => IRemoteAudioTrack[];
  readonly #onChange: (isHeldBack: boolean) => void;
  readonly #stopListening: Array<() => void>;
  #isHeldBack = false;
  #isDisposed = false;

  /** @param tracks everyone's sound that should be heard now */
  constructor(tracks: () => IRemoteAudioTrack[], onChange: (isHeldBack: boolean) => void) {
    this.#tracks = tracks;
    this.#onChange = onChange;
    AgoraRTC.onAutoplayFailed = () => this.#holdBack();
    AgoraRTC.on("audio-context-state-changed", this.#resume);
    this.#stopListening = [
      ...GESTURES.map((gesture) => listen(window, gesture, this.#onGesture)),
      listen(document, "visibilitychange", this.#resume),
    ];
  }

  dispose(): void {
    this.#isDisposed = true;
    AgoraRTC.onAutoplayFailed = () => undefined;
    AgoraRTC.off("audio-context-state-changed", this.#resume);
    for (const stop of this.#stopListening) stop();
  }

  readonly #onGesture = () => {
    if (this.#isHeldBack) void this.#start();
  };

  /** After an interruption or a time in the background: what fell silent is played again, and what plays is left alone. */
  readonly #resume = () => {
    if (document.hidden || this.#tracks().every((track) => track.isPlaying)) return;
    void this.#start();
  };

  async #start(): Promise<void> {
    try {
      // Typed as `void`, and yet a promise that every element plays.
      const played: unknown = AgoraRTC.resumeAudioContext();
      await played;
      this.#set(false);
    } catch (error) {
      this.#holdBack(error);
    }
  }

  #holdBack(error?: unknown): void {
    logWarning("The browser holds back the sound.", error);
    this.#set(true);
  }

  #set(isHeldBack: boolean): void {
    if (this.#isDisposed || isHeldBack === this.#isHeldBack) return;
    this.#isHeldBack = isHeldBack;
    this.#onChange(isHeldBack);
  }
}
