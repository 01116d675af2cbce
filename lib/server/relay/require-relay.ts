import "server-only";
import { AppError } from "@/lib/app-error";
import type { Runtime } from "@/lib/server/runtime";
import type { Relay } from "./relay";

/** @throws {AppError} `unavailable` where there is none */
export function requireRelay({ relay }: Pick<Runtime, "relay">): Relay {
  if (!relay) throw new AppError("unavailable", "This server has no relay.");
  return relay;
}
