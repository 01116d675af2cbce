import "server-only";
import type { OpenDatabase } from "@/db/client";
import { AppError } from "@/lib/app-error";
import type { DatabaseWatch } from "./database-watch";
import type { Settings } from "./env";
import type { Hub } from "./hub/hub";
import type { Metrics } from "./metrics";
import type { ProblemLog } from "./problem-log";
import type { RateLimits } from "./rate-limits";
import type { Relay } from "./relay/relay";
import type { Tokens } from "./tokens";

/** All that lives as long as the server does. */
export interface Runtime {
  settings: Settings;
  database: OpenDatabase;
  databaseWatch: DatabaseWatch;
  tokens: Tokens;
  hub: Hub;
  rateLimits: RateLimits;
  problems: ProblemLog;
  /** `null` where nobody may read them. */
  metrics: Metrics | null;
  /** `null` where media never goes through this server. */
  relay: Relay | null;
}

declare global {
  /** Route handlers and `register()` are bundled apart, each with its own copy of this module: here they meet. */
  var mychatRuntime: Runtime | undefined;
}

/** @throws {AppError} `unavailable` before the server has started */
export function runtime(): Runtime {
  const running = globalThis.mychatRuntime;
  if (!running) throw new AppError("unavailable", "The server is starting. Try again in a moment.");
  return running;
}
