import { type LinkReading, type Rates, ratesBetween, readLink } from "./link-stats";
import type { MediaKind } from "./peer-signal";

/** Reads one connection every few moments and keeps the last two readings, so that the SDK's getters can answer at once. */
export class ConnectionMeter {
  readonly connection: RTCPeerConnection;
  #before: LinkReading | undefined;
  #latest: LinkReading | undefined;

  constructor(connection: RTCPeerConnection) {
    this.connection = connection;
  }

  get latest(): LinkReading | undefined {
    return this.#latest;
  }

  async read(): Promise<LinkReading> {
    const reading = await readLink(this.connection);
    this.#before = this.#latest;
    this.#latest = reading;
    return reading;
  }

  sent(kind: MediaKind): Rates {
    return ratesBetween(this.#before?.outbound[kind], this.#latest?.outbound[kind], this.#elapsedMs);
  }

  /** @param trackId of the receiver's track */
  received(trackId: string): Rates {
    return ratesBetween(this.#before?.inbound.get(trackId), this.#latest?.inbound.get(trackId), this.#elapsedMs);
  }

  /** Of all packets that came, or were to come, just now; 0 to 1. */
  get lossRateOfReceived(): number {
    const counts = [this.#before, this.#latest].map((reading) => {
      let [packets, packetsLost] = [0, 0];
      for (const figures of reading?.inbound.values() ?? []) {
        packets += figures.packets;
        packetsLost += figures.packetsLost;
      }
      return { bytes: 0, packets, packetsLost };
    });
    return ratesBetween(counts[0], counts[1], this.#elapsedMs).lossRate;
  }

  /** Bits a second, of everything on the connection. */
  get throughput(): { sent: number; received: number } {
    const perSecond = 8000 / this.#elapsedMs;
    return {
      sent: ((this.#latest?.bytesSent ?? 0) - (this.#before?.bytesSent ?? 0)) * perSecond,
      received: ((this.#latest?.bytesReceived ?? 0) - (this.#before?.bytesReceived ?? 0)) * perSecond,
    };
  }

  get #elapsedMs(): number {
    return this.#latest && this.#before ? Math.max(1, this.#latest.atMs - this.#before.atMs) : 1000;
  }
}
