import { type LinkReading, type Rates, ratesBetween, readLink } from "./link-stats";
import type { MediaKind } from "./peer-signal";

/** Over so long losses are counted: of the 25 packets of half a second's sound one is 4 %, and another half has none. */
const LOSS_WINDOW_MS = 6000;

interface Counts {
  bytes: number;
  packets: number;
  packetsLost: number;
}

/** Reads one connection every few moments and keeps the last readings, so that the SDK's getters can answer at once. */
export class ConnectionMeter {
  readonly connection: RTCPeerConnection;
  /** Of the last seconds, the earliest first. */
  #readings: LinkReading[] = [];

  constructor(connection: RTCPeerConnection) {
    this.connection = connection;
  }

  get latest(): LinkReading | undefined {
    return this.#readings.at(-1);
  }

  async read(): Promise<LinkReading> {
    const reading = await readLink(this.connection);
    const sinceMs = reading.atMs - LOSS_WINDOW_MS;
    // The last one is kept, however long ago it was: a page that slept goes on from there.
    const lately = this.#readings.filter(({ atMs }, at, all) => atMs >= sinceMs || at === all.length - 1);
    this.#readings = [...lately, reading];
    return reading;
  }

  sent(kind: MediaKind): Rates {
    return this.#rates((reading) => reading.outbound[kind]);
  }

  /** @param trackId of the receiver's track */
  received(trackId: string): Rates {
    return this.#rates((reading) => reading.inbound.get(trackId));
  }

  /** Of all packets that came, or were to come, lately; 0 to 1. */
  get lossRateOfReceived(): number {
    return this.#rates((reading) => {
      const sum = { bytes: 0, packets: 0, packetsLost: 0 };
      for (const { packets, packetsLost } of reading.inbound.values()) {
        sum.packets += packets;
        sum.packetsLost += packetsLost;
      }
      return sum;
    }).lossRate;
  }

  /** Time spent encoding pictures, of the time between the last two readings: 1 is one encoder that never rests. */
  get encodingLoad(): number {
    if (!this.#before) return 0;
    const encodeMsOf = (reading: LinkReading | undefined) => reading?.outbound.video?.encodeMs ?? 0;
    // Less than before: its encoders were made anew.
    return Math.max(0, encodeMsOf(this.latest) - encodeMsOf(this.#before)) / this.#elapsedMs;
  }

  /** Bits a second, of everything on the connection. */
  get throughput(): { sent: number; received: number } {
    const perSecond = 8000 / this.#elapsedMs;
    return {
      sent: ((this.latest?.bytesSent ?? 0) - (this.#before?.bytesSent ?? 0)) * perSecond,
      received: ((this.latest?.bytesReceived ?? 0) - (this.#before?.bytesReceived ?? 0)) * perSecond,
    };
  }

  get #before(): LinkReading | undefined {
    return this.#readings.at(-2);
  }

  /** The bit rate is that of just now, the loss that of the last seconds. */
  #rates(countsOf: (reading: LinkReading) => Counts | undefined): Rates {
    const [earliest, latest, before] = [this.#readings[0], this.latest, this.#before];
    const after = latest && countsOf(latest);
    const { bitrate } = ratesBetween(before && countsOf(before), after, this.#elapsedMs);
    const { lossRate } = ratesBetween(before && earliest && countsOf(earliest), after, LOSS_WINDOW_MS);
    return { bitrate, lossRate };
  }

  get #elapsedMs(): number {
    return this.latest && this.#before ? Math.max(1, this.latest.atMs - this.#before.atMs) : 1000;
  }
}
