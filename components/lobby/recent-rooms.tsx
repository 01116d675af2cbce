"use client";

import Link from "next/link";
import { useRef, useSyncExternalStore } from "react";
import { forgetRecentRoom, forgetRecentRooms, onRecentRooms, readRecentRooms } from "@/lib/call/recent-rooms";
import type { RoomName } from "@/lib/contracts/identifiers";
import { useLeftRoom } from "./use-left-room";

const NONE: readonly RoomName[] = [];

/** The rooms that this browser was in, beneath everything else: they are known a moment after the page, and move nothing. */
export function RecentRooms() {
  const place = useRef<HTMLDivElement>(null);
  const rooms = useSyncExternalStore(onRecentRooms, readRecentRooms, () => NONE);
  const left = useLeftRoom();
  const others = rooms.filter((room) => room !== left);
  // The button that was clicked goes away, and the focus must not go with it.
  const keepFocus = () => place.current?.focus();

  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      {others.length > 0 && (
        <section aria-labelledby="recent-rooms">
          <div className="flex items-center justify-between gap-4">
            <h2 id="recent-rooms" className="text-sm text-muted">
              Your last rooms
            </h2>
            <button
              type="button"
              onClick={() => {
                forgetRecentRooms();
                keepFocus();
              }}
              className="-mr-3 h-9 rounded-lg px-3 text-sm text-muted transition-colors hover:text-ink"
            >
              Forget all
            </button>
          </div>
          <ul className="mt-1 flex flex-wrap gap-2">
            {others.map((room) => (
              <RecentRoom
                key={room}
                room={room}
                onForget={() => {
                  forgetRecentRoom(room);
                  keepFocus();
                }}
              />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function RecentRoom({ room, onForget }: { room: RoomName; onForget: () => void }) {
  return (
    <li className="flex min-w-0 max-w-full rounded-xl border border-line bg-surface text-sm">
      <Link
        href={`/room/${room}`}
        className="flex h-10 min-w-0 items-center rounded-l-xl pl-3.5 font-medium transition-colors hover:bg-raised"
      >
        <span className="truncate">{room}</span>
      </Link>
      <button
        type="button"
        aria-label={`Forget ${room}`}
        onClick={onForget}
        className="inline-flex h-10 w-9 shrink-0 items-center justify-center rounded-r-xl text-muted transition-colors hover:bg-raised hover:text-ink"
      >
        <svg viewBox="0 0 16 16" className="size-3.5 stroke-current" strokeWidth="1.6" aria-hidden="true">
          <path d="m4 4 8 8m0-8-8 8" strokeLinecap="round" />
        </svg>
      </button>
    </li>
  );
}
