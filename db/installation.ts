import "server-only";
import { randomBytes } from "node:crypto";
import type { Db } from "./client";
import { installation } from "./schema";

const THE_ONLY_ID = 1;

export interface InstallationKeys {
  appId: string;
  certificate: string;
}

/** The app id and certificate of this installation, 32 hex digits each: made on the first call, the same ever after. */
export function installationKeys(db: Db): InstallationKeys {
  // Read first: a server whose database can't be written to just now starts all the same.
  return storedKeys(db) ?? makeKeys(db);
}

function makeKeys(db: Db): InstallationKeys {
  const made = { appId: randomBytes(16).toString("hex"), certificate: randomBytes(16).toString("hex") };
  db.insert(installation)
    .values({ id: THE_ONLY_ID, ...made })
    .onConflictDoNothing()
    .run();
  const kept = storedKeys(db);
  if (!kept) throw new Error("The installation's keys could not be stored.");
  return kept;
}

function storedKeys(db: Db): InstallationKeys | undefined {
  const row = db.select().from(installation).get();
  return row && { appId: row.appId, certificate: row.certificate };
}
