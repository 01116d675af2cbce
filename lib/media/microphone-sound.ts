/** A voice at the table is well above this, a quiet room well below: root mean square, of 1 at full scale. */
const VOICE_LEVEL = 0.02;

/** Someone is talking when so much of the last second was voice. Milliseconds. */
const WINDOW_MS = 1000;
const VOICE_MS = 500;

/** The word that was on the lips when the microphone was muted is not for the others. Milliseconds. */
const AFTER_MUTE_MS = 2000;

/** Who has been told that they are muted knows it for so long. Milliseconds. */
const REMIND_AFTER_MS = 60_000;

/** Less than the last bit of 16: a living microphone has a noise of its own, one that is switched off has none. */
const SILENCE_LEVEL = 1e-5;
const SILENT_FOR_MS = 5000;

/** Hears someone talk into a muted microphone, from levels that come some ten times a second. */
export class TalkingWhileMuted {
  #mutedAtMs = Number.POSITIVE_INFINITY;
  #remindedAtMs = Number.NEGATIVE_INFINITY;
  #voice: Array<{ atMs: number; lengthMs: number }> = [];
  #lastMs = 0;

  /** The microphone was muted just now. */
  start(nowMs: number): void {
    this.#mutedAtMs = nowMs;
    this.#lastMs = nowMs;
    this.#voice = [];
  }

  /** @returns whether to say it now */
  hear(level: number, nowMs: number): boolean {
    // A page in the background is asked once a second: one look at it proves no second of talking.
    const lengthMs = Math.min(nowMs - this.#lastMs, WINDOW_MS / 5);
    this.#lastMs = nowMs;
    if (level >= VOICE_LEVEL) this.#voice.push({ atMs: nowMs, lengthMs });
    this.#voice = this.#voice.filter(({ atMs }) => nowMs - atMs < WINDOW_MS);
    const voiceMs = this.#voice.reduce((sum, { lengthMs: ms }) => sum + ms, 0);
    if (voiceMs < VOICE_MS || nowMs - this.#mutedAtMs < AFTER_MUTE_MS) return false;
    if (nowMs - this.#remindedAtMs < REMIND_AFTER_MS) return false;
    this.#remindedAtMs = nowMs;
    return true;
  }
}

/** Notices a microphone that is on and gives nothing at all: a switch on the headset, a dead input. */
export class MicrophoneSilence {
  #silentSinceMs: number | null = null;
  #isSilent = false;

  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** @returns whether the microphone has been silent for long */
  hear(level: number, nowMs: number): boolean {
    if (level > SILENCE_LEVEL) this.#silentSinceMs = null;
    else this.#silentSinceMs ??= nowMs;
    this.#isSilent = this.#silentSinceMs !== null && nowMs - this.#silentSinceMs >= SILENT_FOR_MS;
    return this.#isSilent;
  }

  /** Muted by hand, or another device: nothing is known of it. */
  forget(): void {
    this.#silentSinceMs = null;
    this.#isSilent = false;
  }
}
