import "server-only";
import { Worker } from "node:worker_threads";
import type { Settings } from "@/lib/server/env";
import type { Hub } from "@/lib/server/hub/hub";
import { logNotice, logWarning } from "@/lib/server/log";
import { Relay } from "./relay";

/** @returns `null` where media never goes through this server */
export function startRelay({ transport, topology, relay }: Settings, hub: Hub): Relay | null {
  if (transport === "agora" || topology === "direct") return null;
  return new Relay({
    ...relay,
    // In these words: it is by them that the bundler knows a worker.
    startWorker: (workerData) => new Worker(new URL("./worker.ts", import.meta.url), { workerData }),
    onNotice: (to, notice) => hub.noteRelay(to.room, to, notice),
    onListening: (port) => logNotice(listeningSentence(port, relay.port)),
    onFailed: (error) => logWarning("The relay failed and is started again.", error),
  });
}

function listeningSentence(port: number, wanted: number): string {
  const sentence = `Relay: media may go through UDP port ${port} of this computer.`;
  return port === wanted || wanted === 0 ? sentence : `${sentence} RELAY_PORT, ${wanted}, is in use.`;
}
