import "server-only";
import { DatabaseInUse, type OpenDatabase, openDatabase } from "@/db/client";
import { installationKeys } from "@/db/installation";
import { prepareRequests } from "./client-address";
import { readSettings, WrongSettings } from "./env";
import { Hub } from "./hub/hub";
import type { HubTimings } from "./hub/timings";
import { logNotice, logWarning } from "./log";
import { ProblemLog } from "./problem-log";
import { RateLimits } from "./rate-limits";
import { camerasSentence, networksSentence } from "./reach";
import { startRelay } from "./relay/start-relay";
import type { Runtime } from "./runtime";
import { endProcessOnSignals } from "./shutdown";
import { Tokens } from "./tokens";

/**
 * Reads the settings, opens the database and starts the hub, once a process. What stops a start is said in a sentence
 * on stderr, and the process ends with code 1: Next itself would go on without.
 */
export function startRuntime(): void {
  // In development `register()` runs again when this code changes.
  if (globalThis.mychatRuntime) return;
  try {
    const running = makeRuntime(process.env);
    globalThis.mychatRuntime = running;
    prepareRequests(running.settings.trustedProxies);
    endProcessOnSignals(running);
    logNotice(networksSentence(running.settings));
    logNotice(camerasSentence(running.settings));
  } catch (error) {
    console.error(`MyChat can't start.\n${reason(error)}`);
    process.exit(1);
  }
}

function reason(error: unknown): string {
  if (error instanceof WrongSettings) return error.problems.join("\n");
  return error instanceof Error ? error.message : String(error);
}

/**
 * @param timings other than the usual ones, for tests
 * @throws {WrongSettings} and what `openDatabase` throws
 */
export function makeRuntime(
  env: Readonly<Record<string, string | undefined>>,
  timings: Partial<HubTimings> = {},
): Runtime {
  const settings = readSettings(env);
  const database = openDatabaseAt(settings.databasePath);
  const tokens = new Tokens(settings.agora ?? installationKeys(database.db));
  const hub = new Hub({
    db: database.db,
    maxMembers: settings.transport === "embedded" ? settings.embeddedMaxMembers : null,
    timings,
    onGone: (room, uid) => running.relay?.remove(room, uid),
    onTickFailed: (error) => logWarning("The rooms' clock failed; it is tried again.", error),
  });
  const running: Runtime = {
    settings,
    database,
    tokens,
    hub,
    rateLimits: new RateLimits(settings.hasRateLimits),
    problems: new ProblemLog(logWarning),
    relay: startRelay(settings, hub),
  };
  return running;
}

function openDatabaseAt(path: string): OpenDatabase {
  try {
    return openDatabase(path);
  } catch (error) {
    if (error instanceof DatabaseInUse) throw error;
    const details = error instanceof Error ? error.message : String(error);
    throw new Error(`DATABASE_PATH is ${path}, and no database can be opened there: ${details}.`, { cause: error });
  }
}
