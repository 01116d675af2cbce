import "server-only";
import { randomBytes } from "node:crypto";
import type { Db } from "./client";
import { installation } from "./schema";

const THE_ONLY_ID = 1;

/** The app id and certificate of this installation, 32 hex digits each: made on the first call, the same ever after. */
export function installationKeys(db: Db): { appId: string; certificate: string } {
  const made = { appId: randomBytes(16).toString("hex"), certificate: randomBytes(16).toString("hex") };
  db.insert(installation)
    .values({ id: THE_ONLY_ID, ...made })
    .onConflictDoNothing()
    .run();
  const kept = db.select().from(installation).get();
  if (!kept) throw new Error("The installation's keys could not be stored.");
  return { appId: kept.appId, certificate: kept.certificate };
}
