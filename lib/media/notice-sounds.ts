import { logWarning } from "@/lib/log";
import { type Notes, playNotes } from "./notes";

/** What is heard of the call beside its people. */
export type NoticeSound = "joined" | "left" | "hand" | "message";

/** One after the other at this distance at least: a sound for each of many is noise. Milliseconds. */
const REST_MS = 1500;

const QUIET = { gapSeconds: 0.11, lengthSeconds: 0.35, loudness: 0.05 };

/** Up for who comes, down for who goes, twice the same for a hand, one high note for a message. */
const SOUNDS: Record<NoticeSound, Notes> = {
  joined: { ...QUIET, pitches: [523.25, 783.99] },
  left: { ...QUIET, pitches: [783.99, 523.25] },
  hand: { ...QUIET, pitches: [659.25, 659.25] },
  message: { ...QUIET, pitches: [1046.5] },
};

/** Plays short, quiet tones for what happens in the call, and few of them. */
export class NoticeSounds {
  #playedAtMs = Number.NEGATIVE_INFINITY;

  /** @param speakerId empty for the system's own choice */
  play(sound: NoticeSound, speakerId: string): void {
    // Before the first click a browser would play it late, when it means nothing any more.
    if ("userActivation" in navigator && !navigator.userActivation.hasBeenActive) return;
    if (performance.now() - this.#playedAtMs < REST_MS) return;
    this.#playedAtMs = performance.now();
    playNotes(SOUNDS[sound], speakerId).catch((error: unknown) => logWarning("A sound could not be played.", error));
  }
}
