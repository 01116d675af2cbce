"use client";

import Link from "next/link";
import { useSyncExternalStore } from "react";
import { readLeftRoom } from "@/lib/call/seat-storage";

const never = () => () => undefined;

/** After `Leave`: the way back, for a call that was left by mistake. */
export function Rejoin() {
  const room = useSyncExternalStore(never, readLeftRoom, () => undefined);
  if (!room) return null;
  return (
    <section
      aria-label="The call you left"
      className="flex items-center justify-between gap-4 rounded-2xl border border-line bg-surface py-3 pr-3 pl-5"
    >
      <p className="min-w-0 truncate text-muted">
        You left <span className="font-medium text-ink">{room}</span>
      </p>
      <Link
        href={`/room/${room}`}
        className="inline-flex h-10 items-center rounded-lg bg-raised px-4 font-medium transition-colors hover:bg-line"
      >
        Rejoin
      </Link>
    </section>
  );
}
