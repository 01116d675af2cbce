import { playNotes } from "./notes";

/** A rising chord: C5, E5, G5, C6. */
const CHORD = { pitches: [523.25, 659.25, 783.99, 1046.5], gapSeconds: 0.16, lengthSeconds: 0.9, loudness: 0.16 };

/**
 * Plays a pleasant sound on a speaker. To be called from a click.
 *
 * @param speakerId empty for the system's own choice
 * @returns when it has been played
 * @throws {DOMException} when the speaker is gone or may not be used
 */
export function playTestSound(speakerId: string): Promise<void> {
  return playNotes(CHORD, speakerId);
}
