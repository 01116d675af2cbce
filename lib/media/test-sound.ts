/** A rising chord, in hertz: C5, E5, G5, C6. */
const NOTES_HZ = [523.25, 659.25, 783.99, 1046.5];
const NOTE_GAP_S = 0.16;
const NOTE_LENGTH_S = 0.9;
const PEAK_GAIN = 0.16;

/**
 * Plays a short, pleasant sound on a speaker, made here: nothing is downloaded. To be called from a click, for browsers
 * that want one before any sound.
 *
 * @param speakerId of an `audiooutput`; empty for the system's own choice
 * @returns when it has been played
 * @throws {DOMException} when the speaker is gone or may not be used
 */
export async function playTestSound(speakerId: string): Promise<void> {
  const context = new AudioContext();
  try {
    // By way of an element: far more browsers can choose an element's speaker than an AudioContext's.
    const output = context.createMediaStreamDestination();
    const element = new Audio();
    element.srcObject = output.stream;
    if (speakerId) await element.setSinkId(speakerId);
    await Promise.all([context.resume(), element.play()]);
    await new Promise<void>((resolve) => {
      const lastNote = scheduleNotes(context, output);
      lastNote.onended = () => resolve();
    });
    element.srcObject = null;
  } finally {
    await context.close();
  }
}

/** @returns the note that ends last */
function scheduleNotes(context: AudioContext, output: AudioNode): OscillatorNode {
  const startS = context.currentTime + 0.05;
  const notes = NOTES_HZ.map((frequency, index) => {
    const atS = startS + index * NOTE_GAP_S;
    const note = new OscillatorNode(context, { type: "sine", frequency });
    const envelope = new GainNode(context, { gain: 0 });
    envelope.gain.setValueAtTime(0, atS);
    envelope.gain.linearRampToValueAtTime(PEAK_GAIN, atS + 0.02);
    envelope.gain.exponentialRampToValueAtTime(0.0001, atS + NOTE_LENGTH_S);
    note.connect(envelope).connect(output);
    note.start(atS);
    note.stop(atS + NOTE_LENGTH_S);
    return note;
  });
  const last = notes.at(-1);
  if (!last) throw new Error("A sound has at least one note.");
  return last;
}
