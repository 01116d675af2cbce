import "server-only";
import type { Runtime } from "./runtime";

/** For what is under way to be answered, and for streams to be read to their end. The contract allows 5 s. */
const DRAIN_MS = 1_500;

/**
 * On SIGTERM and SIGINT tells every stream and ends it, which lets Next's own handler finish: it waits for open
 * connections. Members keep their rows: they come back to the next server.
 */
export function endProcessOnSignals({ hub, database, databaseWatch }: Runtime): void {
  const end = () => {
    hub.stop();
    databaseWatch.stop();
    // Connections that are kept alive, with nothing on them, would hold Next's handler back.
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
  };
  let isEnding = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      // Next ends with 128 + the signal's number; a server that was asked to stop and did has not failed.
      process.once("exit", () => {
        database.close();
        process.exitCode = 0;
      });
      end();
    });
  }
}
