/** Who is silent sends a packet every 400 ms; whose packets are further apart is not heard. */
const STALE_MS = 600;
const SILENCE = 0;

/**
 * How loud what a receiver plays is, as the SDK's `getVolumeLevel()` counts: 1 is full scale, each 0.1 below it 10 dB less. It is
 * the level that each packet carries (RFC 6464), so nothing has to listen to the sound itself.
 */
export class SoundLevel {
  #playedAt: number | undefined;
  #changedAtMs = 0;

  of(receiver: RTCRtpReceiver | undefined): number {
    const [source] = receiver?.getSynchronizationSources() ?? [];
    if (source?.audioLevel === undefined || source.audioLevel <= 0) return SILENCE;
    const nowMs = performance.now();
    // Browsers differ in what they count these times from: that it is another one is enough.
    if (source.timestamp !== this.#playedAt) {
      this.#playedAt = source.timestamp;
      this.#changedAtMs = nowMs;
    }
    if (nowMs - this.#changedAtMs > STALE_MS) return SILENCE;
    return Math.max(SILENCE, 1 + Math.log10(source.audioLevel) / 5);
  }
}
