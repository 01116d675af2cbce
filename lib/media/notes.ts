export interface Notes {
  /** In hertz, one after the other. */
  pitches: readonly number[];
  /** From the start of one to the start of the next. */
  gapSeconds: number;
  /** Of each. */
  lengthSeconds: number;
  /** From 0 to 1. */
  loudness: number;
}

/**
 * Plays some notes on a speaker, made here: nothing is downloaded. Browsers want a click before any sound.
 *
 * @param speakerId of an `audiooutput`; empty for the system's own choice
 * @returns when they have been played
 * @throws {DOMException} when the speaker is gone or may not be used
 */
export async function playNotes(notes: Notes, speakerId: string): Promise<void> {
  const context = new AudioContext();
  try {
    // By way of an element: far more browsers can choose an element's speaker than an AudioContext's.
    const output = context.createMediaStreamDestination();
    const element = new Audio();
    element.srcObject = output.stream;
    if (speakerId) await element.setSinkId(speakerId);
    await Promise.all([context.resume(), element.play()]);
    await new Promise<void>((resolve) => {
      const last = scheduleNotes(context, output, notes);
      last.onended = () => resolve();
    });
    element.srcObject = null;
  } finally {
    await context.close();
  }
}

/** @returns the note that ends last */
function scheduleNotes(
  context: AudioContext,
  output: AudioNode,
  { pitches, gapSeconds, lengthSeconds, loudness }: Notes,
): OscillatorNode {
  const startS = context.currentTime + 0.05;
  const notes = pitches.map((frequency, index) => {
    const atS = startS + index * gapSeconds;
    const note = new OscillatorNode(context, { type: "sine", frequency });
    const envelope = new GainNode(context, { gain: 0 });
    envelope.gain.setValueAtTime(0, atS);
    envelope.gain.linearRampToValueAtTime(loudness, atS + 0.02);
    envelope.gain.exponentialRampToValueAtTime(0.0001, atS + lengthSeconds);
    note.connect(envelope).connect(output);
    note.start(atS);
    note.stop(atS + lengthSeconds);
    return note;
  });
  const last = notes.at(-1);
  if (!last) throw new Error("A sound has at least one note.");
  return last;
}
