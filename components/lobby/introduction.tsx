"use client";

import Link from "next/link";
import type { RoomName } from "@/lib/contracts/identifiers";
import { useLeftRoom } from "./use-left-room";

/** What to do here; after `Leave` the way back, for a call that was left by mistake. As high either way: nothing moves. */
export function Introduction() {
  const left = useLeftRoom();
  return <div className="mt-3 flex min-h-17 flex-col justify-start">{left ? <Rejoin room={left} /> : <HowTo />}</div>;
}

function HowTo() {
  return (
    <p className="text-muted">
      Choose a room, join it, and send its link to the others. No account, nothing to install.
    </p>
  );
}

function Rejoin({ room }: { room: RoomName }) {
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
