import "server-only";
import { lte } from "drizzle-orm";
import type { RoomName, Uid } from "@/lib/contracts/identifiers";
import type { Db } from "./client";
import { revocations } from "./schema";

export type RevocationRow = typeof revocations.$inferSelect;

/** @param untilMs Unix milliseconds */
export function addRevocation(db: Db, room: RoomName, uid: Uid, untilMs: number): void {
  db.insert(revocations)
    .values({ room, uid, untilMs })
    .onConflictDoUpdate({ target: [revocations.room, revocations.uid], set: { untilMs } })
    .run();
}

/** The one that ends first is the first. */
export function allRevocations(db: Db): RevocationRow[] {
  return db.select().from(revocations).orderBy(revocations.untilMs).all();
}

/** Forgets those that end at or before `nowMs` (Unix milliseconds). */
export function forgetRevocations(db: Db, nowMs: number): void {
  db.delete(revocations).where(lte(revocations.untilMs, nowMs)).run();
}
