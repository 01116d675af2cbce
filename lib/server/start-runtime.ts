import "server-only";
import { DatabaseInUse, type OpenDatabase, openDatabase } from "@/db/client";
import { type InstallationKeys, installationKeys } from "@/db/installation";
import { type DatabaseTrouble, databaseTrouble } from "@/db/trouble";
import { guardConnections } from "./connections";
import { DatabaseWatch } from "./database-watch";
import { readSettings, WrongSettings } from "./env";
import { Hub } from "./hub/hub";
import type { HubTimings } from "./hub/timings";
import { logNotice, logWarning, setLogFormat } from "./log";
import { Metrics } from "./metrics";
import { prepareRequests } from "./prepare-requests";
import { ProblemLog } from "./problem-log";
import { RateLimits } from "./rate-limits";
import { camerasSentence, networksSentence } from "./reach";
import { startRelay } from "./relay/start-relay";
import type { Runtime } from "./runtime";
import { endProcessOnSignals } from "./shutdown";
import { Tokens } from "./tokens";
import { requireHttpsLater } from "./transport-security";

/** An office of some hundreds may be behind one address; a thousand idle ones are somebody's trial. */
const STREAMS_PER_ADDRESS = 500;

/** What to do about a database that can't be opened, for who reads why the server does not start. */
const ADVICE: Record<DatabaseTrouble, string> = {
  locked: " Another program holds it locked: end that one.",
  full: " The disk is full: make room on it.",
  "read-only": " Let this user write to the file and to its folder.",
  damaged: " The file is damaged, or no database: put a backup in its place, or move it away and start with a new one.",
  unusable: "",
};

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
    const { trustedProxies, hasRateLimits } = running.settings;
    prepareRequests(trustedProxies);
    requireHttpsLater(trustedProxies);
    guardConnections(hasRateLimits && trustedProxies === 0);
    running.metrics?.addProcessFigures();
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
  setLogFormat(settings.logFormat);
  const { database, keys } = openDatabaseAt(settings.databasePath);
  const databaseWatch = new DatabaseWatch({ database, onTrouble: logWarning, onRecovered: logNotice });
  const tokens = new Tokens(settings.agora ?? keys);
  const hub = new Hub({
    db: database.db,
    maxMembers: settings.transport === "embedded" ? settings.embeddedMaxMembers : null,
    streamLimits: { inAll: settings.maxStreams, perAddress: settings.hasRateLimits ? STREAMS_PER_ADDRESS : null },
    timings,
    onGone: (room, uid) => running.relay?.remove(room, uid),
    onPong: (delayMs) => running.metrics?.countPong(delayMs / 1_000),
    onTickFailed: (error) => {
      if (!databaseWatch.note(error)) logWarning("The rooms' clock failed; it is tried again.", error);
    },
  });
  const metrics =
    settings.metricsToken === null
      ? null
      : new Metrics(() => ({
          ...hub.counts,
          isDatabaseUsable: databaseWatch.isUsable,
          relay: running.relay?.figures ?? null,
        }));
  const running: Runtime = {
    settings,
    database,
    databaseWatch,
    metrics,
    tokens,
    hub,
    rateLimits: new RateLimits(settings.hasRateLimits, (limit) => metrics?.countRefusal(limit)),
    problems: new ProblemLog(logWarning),
    relay: startRelay(settings, hub),
  };
  return running;
}

function openDatabaseAt(path: string): { database: OpenDatabase; keys: InstallationKeys } {
  let database: OpenDatabase | undefined;
  try {
    database = openDatabase(path);
    return { database, keys: installationKeys(database.db) };
  } catch (error) {
    database?.close();
    if (error instanceof DatabaseInUse) throw error;
    const details = error instanceof Error ? error.message : String(error);
    const trouble = databaseTrouble(error);
    const advice = trouble === undefined ? "" : ADVICE[trouble];
    throw new Error(`DATABASE_PATH is ${path}, and no database can be opened there: ${details}.${advice}`, {
      cause: error,
    });
  }
}
