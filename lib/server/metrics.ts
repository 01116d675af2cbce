import "server-only";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { RelayFigures } from "./relay/messages";

/** What is read when the figures are. */
interface Counts {
  rooms: number;
  members: number;
  streams: number;
  isDatabaseUsable: boolean;
  /** `null` where media never goes through this server. */
  relay: RelayFigures | null;
}

/** Figures of the running server, for Prometheus. None of them has anything of a person's or a room's in it. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: "mychat_http_request_duration_seconds",
    help: "Calls of the API, until the answer begins.",
    labelNames: ["route", "method", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.#registry],
  });
  readonly #refusals = new Counter({
    name: "mychat_rate_limit_refusals_total",
    help: "Calls that were refused for being too many.",
    labelNames: ["limit"],
    registers: [this.#registry],
  });
  readonly #pongs = new Histogram({
    name: "mychat_event_round_trip_seconds",
    help: "From the sending of a ping on an event stream until the page's answer: an event's delay and a call's.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.#registry],
  });

  constructor(counts: () => Counts) {
    const gauge = (name: string, help: string, read: (counts: Counts) => number) =>
      new Gauge({
        name,
        help,
        registers: [this.#registry],
        collect() {
          this.set(read(counts()));
        },
      });
    gauge("mychat_rooms", "Rooms that somebody is in or watches, or left a moment ago.", ({ rooms }) => rooms);
    gauge("mychat_members", "People in all rooms together.", ({ members }) => members);
    gauge("mychat_event_streams", "Open event streams, those in lobbies included.", ({ streams }) => streams);
    gauge("mychat_database_usable", "1 while the database can be written to, else 0.", ({ isDatabaseUsable }) =>
      isDatabaseUsable ? 1 : 0,
    );
    gauge("mychat_relay_connections", "Connections that media goes through.", ({ relay }) => relay?.connections ?? 0);
    gauge("mychat_relay_sent_bits_per_second", "Media to all of them together.", ({ relay }) => relay?.sent ?? 0);
    gauge(
      "mychat_relay_least_downlink_bits_per_second",
      "What the connection bears that bears least, as the relay estimates it; NaN while none is known.",
      ({ relay }) => relay?.leastDownlink ?? Number.NaN,
    );
    new Gauge({
      name: "mychat_relay_dropped_packets",
      help: "Packets at the relay's port that were not used, since it was started, by why.",
      labelNames: ["reason"],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [reason, count] of Object.entries(counts().relay?.dropped ?? {})) this.set({ reason }, count);
      },
    });
  }

  /** Adds the process's own: memory, CPU, the event loop's delay, garbage collection. Once a process: it listens for them. */
  addProcessFigures(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  countRequest(call: { route: string; method: string; status: number }, seconds: number): void {
    this.#requests.observe(call, seconds);
  }

  countRefusal(limit: string): void {
    this.#refusals.inc({ limit });
  }

  countPong(seconds: number): void {
    this.#pongs.observe(seconds);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
