import type { HttpClient } from "./http-client";

/** What the server says of itself. */
export interface ServerFigures {
  members: number;
  streams: number;
  cpuSeconds: number;
  residentMb: number;
  heapMb: number;
  eventLoopP99Ms: number;
}

/** Reads `/api/metrics`. */
export async function serverFigures(http: HttpClient, token: string): Promise<ServerFigures> {
  const text = await http.text("/api/metrics", token);
  const value = (name: string): number => {
    const [, figure] = new RegExp(`^${name} (\\S+)$`, "m").exec(text) ?? [];
    if (figure === undefined) throw new Error(`The server has no figure ${name}.`);
    return Number(figure);
  };
  return {
    members: value("mychat_members"),
    streams: value("mychat_event_streams"),
    cpuSeconds: value("process_cpu_seconds_total"),
    residentMb: value("process_resident_memory_bytes") / 2 ** 20,
    heapMb: value("nodejs_heap_size_used_bytes") / 2 ** 20,
    eventLoopP99Ms: value("nodejs_eventloop_lag_p99_seconds") * 1_000,
  };
}
